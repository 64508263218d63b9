import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const diskSerialTruncated = defineRule({
  id: 'vmware.disk_serial.truncated',
  category: 'Information',
  label: 'Disk serial numbers may be truncated',
  version: 1,
  fires: 'Disks show their UUID to the guest (`disk.EnableUUID`), and at least one is on SCSI.',
  effect:
    'Virtio shows the guest 20 characters of a serial number, fewer than SCSI does. What finds disks by serial number or by /dev/disk/by-id no longer finds them.',
  remedy:
    'Look in the guest for mounts, udev rules and cluster software that name disks by serial number, and use file system UUIDs or labels instead.',
  find: (vm) => {
    const disks = vm.disks.filter(({ bus }) => bus === 'scsi').map(({ name }) => name);
    return vm.diskEnableUuid === true && disks.length > 0 ? [{ disks }] : [];
  },
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'What names disks by serial number is set in each guest.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Name disks by UUID or label in the guest of ${name}`,
  },
  assessment: ({ disks }) =>
    `Serial numbers of ${disks.length} SCSI disks may be cut to 20 characters. Name disks by file system UUID or label in the guest.`,
});
