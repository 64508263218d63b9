import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const faultToleranceEnabled = defineRule({
  id: 'vmware.fault_tolerance.enabled',
  category: 'Information',
  label: 'Fault tolerance is on',
  version: 1,
  fires: 'A secondary copy of the machine runs on another host.',
  effect:
    'KubeVirt has no lock-step copy: after the migration a failed node costs a restart of the machine. Snapshots are not possible while fault tolerance is on.',
  remedy:
    'Switch fault tolerance off before the migration, and decide whether a restart on another node is good enough or the application has to be clustered.',
  find: (vm) => (vm.faultToleranceEnabled === true ? [{ faultToleranceEnabled: true }] : []),
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Fault tolerance is switched for each machine.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Switch off fault tolerance of machine ${name}`,
  },
  assessment: () =>
    'A secondary copy runs in lock-step, which the target does not offer. Switch fault tolerance off, and plan for a restart instead.',
});
