import { defineRule } from '../../rule/rule.js';

export const diskCapacityInvalid = defineRule({
  id: 'vmware.disk.capacity.invalid',
  category: 'Critical',
  label: 'A disk has an invalid capacity',
  version: 1,
  fires: 'The capacity of a disk is zero, negative or not given. One occurrence for each disk.',
  effect: 'No target volume can be made for a disk without a size: the machine cannot be migrated.',
  remedy:
    'Look whether the datastore is reachable and the disk descriptor readable: vCenter reports no size where it cannot read it. Repair or remove the disk, then sync.',
  find: (vm) =>
    vm.disks
      .filter(({ capacityBytes }) => capacityBytes === null || capacityBytes <= 0)
      .map(({ id, name, file, capacityBytes, datastore }) => {
        const lost = datastore?.accessible === false ? datastore : null;
        return {
          disk: `${vm.name}: ${name}`,
          diskId: id,
          file,
          capacityBytes,
          datastore: lost?.name ?? null,
          datastoreId: lost?.id ?? null,
        };
      }),
  cause: {
    kinds: ['Datastore', 'Disk'],
    reason:
      'A datastore that no host reaches takes the sizes of all its disks with it: bringing it back mends them all. On a reachable datastore the fault is in the one disk.',
    at: ({ datastoreId, datastore, diskId, disk }) =>
      datastoreId === null
        ? { kind: 'Disk', id: diskId, name: disk }
        : { kind: 'Datastore', id: datastoreId, name: datastore ?? datastoreId },
    label: ({ kind, name }) =>
      kind === 'Datastore' ? `Bring datastore ${name} back` : `Repair disk ${name}`,
  },
  assessment: ({ disk, file, capacityBytes }) =>
    `Disk ${disk} (${file ?? 'no file'}) has a capacity of ${capacityBytes ?? 'unknown'} bytes; it must be more than zero. Repair or remove the disk.`,
});
