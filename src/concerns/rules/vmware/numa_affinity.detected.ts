import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const numaAffinityDetected = defineRule({
  id: 'vmware.numa_affinity.detected',
  category: 'Warning',
  label: 'The machine is pinned to NUMA nodes',
  version: 1,
  fires: 'The advanced configuration names NUMA nodes (`numa.nodeAffinity`).',
  effect: 'The pinning is not carried over. Memory access may become slower.',
  remedy:
    'Where it is needed, use dedicated CPU placement with NUMA passthrough and huge pages on the target; else remove the option.',
  find: (vm) => {
    const nodes = vm.numaNodeAffinity ?? [];
    return nodes.length > 0 ? [{ nodes }] : [];
  },
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'The option is part of the configuration of each machine.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Remove the NUMA affinity of machine ${name}`,
  },
  assessment: ({ nodes }) =>
    `It is pinned to the NUMA nodes ${nodes.join(', ')}, which is not carried over. Use NUMA passthrough on the target where it is needed.`,
});
