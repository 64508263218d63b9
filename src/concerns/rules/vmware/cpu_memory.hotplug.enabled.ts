import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const cpuMemoryHotplugEnabled = defineRule({
  id: 'vmware.cpu_memory.hotplug.enabled',
  category: 'Warning',
  label: 'CPU or memory hot-plug is on',
  version: 1,
  fires: 'CPUs can be added or removed, or memory added, while the machine runs.',
  effect:
    'The setting is not carried over: the target has sockets and memory as the machine has them now, and people who resize it while it runs can no longer do so in the same way.',
  remedy:
    'Nothing has to be done before the migration. Where hot-plug is needed, give the target room with `maxSockets` and `maxGuest`, on a cluster with live migration.',
  find: (vm) => {
    const facts = {
      cpuHotAdd: vm.cpuHotAddEnabled === true,
      cpuHotRemove: vm.cpuHotRemoveEnabled === true,
      memoryHotAdd: vm.memoryHotAddEnabled === true,
    };
    return Object.values(facts).includes(true) ? [facts] : [];
  },
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Hot-plug is an option of each machine.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Switch off CPU and memory hot-plug of machine ${name}`,
  },
  assessment: (facts) => {
    const enabled = [
      facts.cpuHotAdd ? 'CPU hot-add' : '',
      facts.cpuHotRemove ? 'CPU hot-remove' : '',
      facts.memoryHotAdd ? 'memory hot-add' : '',
    ].filter((name) => name !== '');
    return `${enabled.join(', ')} will not be carried over. Configure hot-plug on the target where it is needed.`;
  },
});
