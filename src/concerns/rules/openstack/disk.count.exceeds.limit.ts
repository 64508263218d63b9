import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

const mostDisks = 165;

export const diskCountExceedsLimit = defineRule({
  id: 'openstack.disk.count.exceeds.limit',
  category: 'Warning',
  label: 'The machine has more disks than the target can attach',
  version: 1,
  fires: 'The machine has more than 165 disks.',
  effect: 'The target machine does not start with all of them.',
  remedy: 'Merge volumes or detach those that are not needed.',
  deviation:
    'Disks that the hypervisor itself holds count too: the target has to attach them as well.',
  find: ({ disks }) => (disks.length > mostDisks ? [{ disks: disks.length }] : []),
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Each machine has volumes of its own.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Merge or detach volumes of machine ${name}`,
  },
  assessment: ({ disks }) =>
    `It has ${disks} disks; the target can attach ${mostDisks}. Merge or detach some.`,
});
