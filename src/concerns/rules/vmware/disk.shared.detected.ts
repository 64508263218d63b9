import { defineRule } from '../../rule/rule.js';

export const diskSharedDetected = defineRule({
  id: 'vmware.disk.shared.detected',
  category: 'Warning',
  label: 'A disk is shared with another machine',
  version: 2,
  fires:
    'Another machine of the source uses the same backing file, or the disk is set to be written by several machines (multi-writer). One occurrence for each disk.',
  effect:
    'The machines have to move together, powered off, and the disk must be copied once only: two copies would part company silently.',
  remedy:
    'Migrate all machines that share the disk in one plan to a storage class with ReadWriteMany block volumes, and copy the disk with one of them only; or replace the shared disk, for instance by network storage.',
  deviation:
    'One occurrence for each disk instead of one for the machine. A file that several machines use counts whatever they say of it: behind a shared SCSI bus no disk is set to multi-writer.',
  find: (vm) =>
    vm.disks
      .filter(({ shared, sharing }) => shared === true || sharing === 'sharingMultiWriter')
      .map(({ id, name, file, shared, sharedFile }) => ({
        disk: name,
        file,
        inUse: shared === true,
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
  assessment: ({ disk, file, inUse }) =>
    `Disk ${disk} (${file ?? 'no file'}) ${inUse ? 'is shared with another machine' : 'is set to be written by several machines'}. Migrate the machines together to ReadWriteMany storage, and copy the disk once.`,
});
