import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

const mebibyte = 1024 * 1024;

/** Images that are full by nature and that a conversion never writes to. */
const readOnlyTypes = new Set(['iso9660', 'udf', 'cdfs', 'squashfs', 'erofs', 'cramfs']);

/** `C:`, `C:\` and `C:/` are one. */
const normalPath = (path: string): string => path.toLowerCase().replace(/(?<=^[a-z]:)[\\/]$/u, '');

/** Free space that virt-v2v asks for, in MiB. */
function requiredMiB(path: string): number {
  switch (normalPath(path)) {
    case '/':
    case 'c:':
      return 100;
    case '/boot':
      return 50;
    default:
      return 10;
  }
}

export const guestDisksFreespace = defineRule({
  id: 'vmware.guestDisks.freespace',
  category: 'Critical',
  label: 'A guest file system has too little free space for the conversion',
  version: 1,
  fires:
    'A file system has less free space than virt-v2v needs: 100 MiB on / and C:, 50 MiB on /boot, 10 MiB on any other. One occurrence for each file system.',
  effect: 'The conversion of the guest stops with an error after the disks were copied.',
  remedy: 'Free or add space on the file system in the guest, and sync.',
  deviation:
    'File systems that are read-only images (ISO, UDF, squashfs and the like) are left out where the guest agent names the type: they are always full. The label has no path in it, the facts have. An unknown free space does not fire.',
  find: (vm) =>
    vm.fileSystems.flatMap(({ name, path: mountPoint, type, freeBytes }) => {
      const path = mountPoint ?? name;
      const required = requiredMiB(path);
      if (freeBytes === null || freeBytes >= required * mebibyte) return [];
      if (type !== null && readOnlyTypes.has(type.toLowerCase())) return [];
      return [{ path, freeBytes, requiredMiB: required }];
    }),
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Space is freed inside one guest.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Free space on the file systems of machine ${name}`,
  },
  assessment: ({ path, freeBytes, requiredMiB: required }) =>
    `File system ${path} has ${Math.floor(freeBytes / mebibyte)} MiB free; the conversion needs ${required} MiB. Free space on it before the migration.`,
});
