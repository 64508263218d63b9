import { computePlace, machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

/** `[datastore] folder/file.vmdk`, as vSphere writes the path of a file. */
const datastoreOfFile = (file: string | null): string | null =>
  /^\[([^\]]+)\]/u.exec(file ?? '')?.[1] ?? null;

export const datastoreMissing = defineRule({
  id: 'vmware.datastore.missing',
  category: 'Critical',
  label: 'A disk is not on a known datastore',
  version: 1,
  fires: 'A disk leads to no datastore of the inventory. One occurrence for each disk.',
  effect: 'The disk cannot be found and so not be copied: the machine cannot be migrated.',
  remedy:
    'Mount the datastore on the hosts again, or give the account of the source the right to see it, and sync. If the disk is gone for good, remove it from the machine.',
  find: (vm) =>
    vm.disks
      .filter((disk) => disk.datastore === null)
      .map((disk) => ({
        disk: disk.name,
        file: disk.file,
        datastore: datastoreOfFile(disk.file),
      })),
  cause: {
    kinds: ['Cluster', 'Host', 'VirtualMachine'],
    reason:
      'The path of the disk names its datastore: mounting that one datastore on the cluster again, or making it visible, brings back the disks of all machines on it. Where the path names none, each machine is a cause of its own.',
    at: ({ datastore }, vm) =>
      datastore === null ? machinePlace(vm) : { ...computePlace(vm), part: datastore },
    label: ({ name, part }) =>
      part === undefined
        ? `Put the disks of machine ${name} on a datastore`
        : `Make datastore ${part} available to ${name}`,
  },
  assessment: ({ disk, file, datastore }) =>
    datastore === null
      ? `Disk ${disk} (${file ?? 'no file'}) is on no datastore and cannot be copied. Put it on one, or remove it.`
      : `Disk ${disk} lies on datastore ${datastore}, which is not in the inventory, and cannot be copied. Mount the datastore or make it visible, then sync.`,
});
