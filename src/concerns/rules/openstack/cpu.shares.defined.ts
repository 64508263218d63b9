import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';
import { valueOf } from '../../workload/property-pairs.js';

export const cpuSharesDefined = defineRule({
  id: 'openstack.cpu.shares.defined',
  category: 'Warning',
  label: 'The flavor gives CPU shares',
  version: 1,
  fires: 'The flavor has the extra specification quota:cpu_shares.',
  effect: 'The target knows no shares: under load the machine gets as much CPU as any other.',
  remedy: 'Ask for CPU on the target by requests and limits, or by a priority class.',
  find: ({ flavorExtraSpecs }) => {
    const shares = valueOf(flavorExtraSpecs, 'quota:cpu_shares');
    return shares === undefined ? [] : [{ shares }];
  },
  cause: {
    kinds: ['VirtualMachine'],
    reason:
      'Nova keeps a copy of its flavor with each machine, so that a change of the flavor mends none of them: each is resized by itself.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Replace the CPU shares of machine ${name}`,
  },
  assessment: ({ shares }) =>
    `Its flavor gives ${shares} CPU shares, which are lost on the target. Ask for CPU there by requests and limits.`,
});
