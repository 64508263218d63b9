import { defineRule } from '../../rule/rule.js';

export const diskSharedDetected = defineRule({
  id: 'openstack.disk.shared.detected',
  category: 'Warning',
  label: 'A volume is attached to several machines',
  version: 1,
  fires: 'A volume of the machine has more than one attachment. One occurrence for each volume.',
  effect:
    'The machines have to move together, powered off, and the volume must be copied once only: two copies would part company silently.',
  remedy:
    'Migrate all machines that share the volume in one plan to a storage class with ReadWriteMany block volumes, and copy it with one of them only; or replace it, for instance by network storage.',
  deviation: 'One occurrence for each volume instead of one for the machine.',
  find: (vm) =>
    vm.disks
      .filter((disk) => disk.shared === true || (disk.attachmentCount ?? 0) > 1)
      .map(({ id, name, file, sharedFile, attachmentCount }) => ({
        disk: name,
        volume: file,
        attachments: attachmentCount,
        diskId: sharedFile?.diskId ?? id,
        sharedFile: sharedFile?.key ?? id,
      })),
  cause: {
    kinds: ['Disk'],
    reason:
      'The volume is one thing, whatever the number of machines on it: replacing it mends all of them. Of their disks the one with the smallest id stands for it.',
    at: ({ diskId, sharedFile, disk }) => ({
      kind: 'Disk',
      id: diskId,
      key: sharedFile,
      name: disk,
    }),
    label: ({ name }) => `Replace the shared volume ${name}`,
  },
  assessment: ({ disk, attachments }) =>
    `Volume ${disk} has ${attachments ?? 'several'} attachments. Migrate the machines together to ReadWriteMany storage, and copy the volume once.`,
});
