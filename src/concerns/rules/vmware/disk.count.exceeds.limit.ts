import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

/** Virtio disks that fit a machine, beside the slots that other devices need. */
const maximumDisks = 165;

export const diskCountExceedsLimit = defineRule({
  id: 'vmware.disk.count.exceeds.limit',
  category: 'Warning',
  label: 'The machine has more disks than the target takes',
  version: 1,
  fires: `The machine has more than ${maximumDisks} disks.`,
  effect: 'The target machine cannot get all of its disks and may not start.',
  remedy:
    'Join disks inside the guest, for instance with a volume manager, or move data to network storage, until the number fits.',
  deviation: 'The label has no number in it, the facts have.',
  find: (vm) =>
    vm.disks.length > maximumDisks ? [{ disks: vm.disks.length, limit: maximumDisks }] : [],
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Disks are joined inside one guest.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Reduce the number of disks of machine ${name}`,
  },
  assessment: ({ disks, limit }) =>
    `It has ${disks} disks; at most ${limit} are supported. Join disks or move data to network storage.`,
});
