import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const cpuAffinityDetected = defineRule({
  id: 'vmware.cpu_affinity.detected',
  category: 'Warning',
  label: 'The machine is pinned to physical CPUs',
  version: 1,
  fires: 'The list of physical CPUs that the machine may run on is not empty.',
  effect:
    'The pinning is lost: CPU numbers of the source host mean nothing on a Kubernetes node. Licences or latency that rely on it may suffer.',
  remedy:
    'Find out why it is pinned. Where the reason still holds, use dedicated CPU placement on nodes with the CPU manager; else remove the affinity.',
  find: (vm) => {
    const cpus = vm.cpuAffinity ?? [];
    return cpus.length > 0 ? [{ cpus }] : [];
  },
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Each machine has an affinity of its own.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Remove the CPU affinity of machine ${name}`,
  },
  assessment: ({ cpus }) =>
    `It is pinned to the physical CPUs ${cpus.join(', ')}, which the target does not keep. Use dedicated CPU placement there if the reason still holds.`,
});
