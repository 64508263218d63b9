import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';
import { diskAddress } from '../../workload/disk-address.js';

export const changedBlockTrackingDiskDisabled = defineRule({
  id: 'vmware.changed_block_tracking.disk.disabled',
  category: 'Warning',
  label: 'A disk has changed block tracking (CBT) off',
  version: 1,
  fires: 'A disk says that changed block tracking is off for it. One occurrence for each disk.',
  effect: 'The changes of this disk cannot be copied while the machine runs: no warm migration.',
  remedy:
    'Set `<bus><controller>:<unit>.ctkEnabled` to true for the disk in the advanced configuration of the powered-off machine, or migrate it cold.',
  deviation:
    'The label has no address in it, the facts have, so that machines group by the concern. An unknown value does not fire.',
  find: (vm) =>
    vm.disks
      .filter((disk) => disk.changeTrackingEnabled === false)
      .map((disk) => ({ disk: disk.name, address: diskAddress(disk), file: disk.file })),
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'One change of the configuration covers all disks of the machine.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Switch on changed block tracking of the disks of machine ${name}`,
  },
  assessment: ({ disk, address }) =>
    `Disk ${disk} (${address}) has changed block tracking off, so this machine cannot be migrated warm. Switch it on for the disk, or plan a cold migration.`,
});
