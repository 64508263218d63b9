import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const guestDisksKeyNotFound = defineRule({
  id: 'vmware.guestDisks.key.not_found',
  category: 'Information',
  label: 'A Windows drive is mapped to no disk',
  version: 1,
  fires:
    'The guest is Windows and the guest agent does not say on which disk a drive lies. One occurrence for each drive.',
  effect:
    'Drive letters cannot be matched with disks, so names of target volumes cannot have the letter in them.',
  remedy:
    'Update VMware Tools to 12 or later and sync; or do without drive letters in the names of volumes.',
  deviation: 'The label has no drive in it, the facts have.',
  find: (vm) =>
    (vm.guestId ?? '').toLowerCase().includes('windows')
      ? vm.fileSystems
          .filter(({ diskKeys }) => (diskKeys ?? []).every((key) => key === '0' || key === ''))
          .map(({ name, path }) => ({ drive: path ?? name }))
      : [],
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'The guest agent is updated in one guest.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Update VMware Tools in machine ${name}`,
  },
  assessment: ({ drive }) =>
    `The guest agent does not say on which disk ${drive} lies, so its letter cannot be matched with a disk. Update VMware Tools where that matters.`,
});
