import { defineRule } from '../../rule/rule.js';

export const diskSharedDetected = defineRule({
  id: 'vmware.disk.shared.detected',
  category: 'Warning',
  label: 'A disk is shared with another machine',
  version: 1,
  fires: 'Another machine of the source uses the same backing file. One occurrence for each disk.',
  effect:
    'The machines have to move together, powered off, and the disk must be copied once only: two copies would part company silently.',
  remedy:
    'Migrate all machines that share the disk in one plan to a storage class with ReadWriteMany block volumes, and copy the disk with one of them only; or replace the shared disk, for instance by network storage.',
  deviation: 'One occurrence for each disk instead of one for the machine.',
  find: (vm) =>
    vm.disks
      .filter((disk) => disk.shared === true)
      .map(({ id, name, file, sharedFile }) => ({
        disk: name,
        file,
        diskId: sharedFile?.diskId ?? id,
        sharedFile: sharedFile?.key ?? id,
      })),
  cause: {
    kinds: ['Disk'],
    reason:
      'The backing file is one thing, whatever the number of machines on it: replacing it mends all of them. Of their disks the one with the smallest id stands for it.',
    at: ({ diskId, sharedFile, disk, file }) => ({
      kind: 'Disk',
      id: diskId,
      key: sharedFile,
      name: file ?? disk,
    }),
    label: ({ name }) => `Replace the shared disk ${name}`,
  },
  assessment: ({ disk, file }) =>
    `Disk ${disk} (${file ?? 'no file'}) is shared with another machine. Migrate the machines together to ReadWriteMany storage, and copy the disk once.`,
});
