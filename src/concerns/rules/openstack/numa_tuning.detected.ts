import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';
import { valueOf } from '../../workload/property-pairs.js';

export const numaTuningDetected = defineRule({
  id: 'openstack.numa_tuning.detected',
  category: 'Warning',
  label: 'The flavor places the machine on NUMA nodes',
  version: 1,
  fires: 'The flavor has the extra specification hw:numa_nodes or hw:pci_numa_affinity_policy.',
  effect: 'The placement is lost: access to memory may become slower.',
  remedy:
    'Ask for dedicated CPUs and NUMA pass-through on the target where the machine needs them.',
  find: ({ flavorExtraSpecs }) => {
    const nodes = valueOf(flavorExtraSpecs, 'hw:numa_nodes');
    const policy = valueOf(flavorExtraSpecs, 'hw:pci_numa_affinity_policy');
    return nodes === undefined && policy === undefined
      ? []
      : [{ nodes: nodes ?? null, policy: policy ?? null }];
  },
  cause: {
    kinds: ['VirtualMachine'],
    reason:
      'Nova keeps a copy of its flavor with each machine, so that a change of the flavor mends none of them: each is resized by itself.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Replace the NUMA placement of machine ${name}`,
  },
  assessment: ({ nodes, policy }) =>
    `Its flavor asks for ${nodes ?? 'no number of'} NUMA nodes with ${policy ?? 'no'} policy for devices, which is lost on the target. Ask for dedicated CPUs there.`,
});
