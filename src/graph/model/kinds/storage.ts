import { defineKind } from '../kind.js';
import { flag, integer, text, textList } from '../property.js';

export const datastore = defineKind({
  label: 'Datastore',
  doc: 'Where a source keeps the files of its machines.',
  keeper: 'collector',
  properties: {
    type: text('VMFS, NFS, NFS41, vsan, VVOL, PMEM, …', { indexed: true }),
    url: text('Unique location as the hosts see it.'),
    capacityBytes: integer('Size.', { unit: 'B' }),
    freeBytes: integer('Free space.', { unit: 'B', indexed: true }),
    uncommittedBytes: integer('Space its thin files may still grow by.', { unit: 'B' }),
    accessible: flag('At least one host reaches it.'),
    multipleHostAccess: flag('More than one host reaches it.'),
    maintenanceMode: text('normal, enteringMaintenance or inMaintenance.'),
    vmfsVersion: text('Version of the VMFS.'),
    extents: textList('Canonical names of the LUNs below it.'),
    nasHost: text('Server of an NFS export.'),
    nasPath: text('Path of an NFS export.'),
    ioControlSupported: flag('Storage I/O control can be used.'),
    ioControlEnabled: flag('Storage I/O control is on.'),
    ioControlThresholdMs: integer('Congestion threshold in milliseconds.'),
    backendName: text('Name of the backend of a storage pool.', { indexed: true }),
    storageProtocol: text('Protocol of a storage pool: ceph, iSCSI, nfs, FC, …', { indexed: true }),
    driverVersion: text('Version of the driver of a storage pool.'),
    vendor: text('Vendor of a storage pool.'),
  },
  edges: {
    // (:Datastore)-[:IN_FOLDER]->(:Folder|Datacenter|DatastoreCluster)
    parent: {
      type: 'IN_FOLDER',
      direction: 'out',
      to: ['Folder', 'Datacenter', 'DatastoreCluster'],
      cardinality: 'one',
      inverse: 'datastores',
      inverseCardinality: 'many',
      doc: 'Its place in the storage tree.',
    },
    // (:Datastore)-[:TAGGED]->(:Tag)
    tags: {
      type: 'TAGGED',
      direction: 'out',
      to: ['Tag'],
      cardinality: 'many',
      inverse: 'datastores',
      inverseCardinality: 'many',
      doc: 'Tags attached to it.',
    },
  },
});

export const datastoreCluster = defineKind({
  label: 'DatastoreCluster',
  doc: 'Datastores under one scheduler (storage DRS).',
  keeper: 'collector',
  properties: {
    capacityBytes: integer('Size of all.', { unit: 'B' }),
    freeBytes: integer('Free space of all.', { unit: 'B' }),
    storageDrsEnabled: flag('Disks are moved by the scheduler.'),
    path: text('Inventory path.'),
  },
  edges: {
    // (:DatastoreCluster)-[:CHILD_OF]->(:Folder|Datacenter)
    parent: {
      type: 'CHILD_OF',
      direction: 'out',
      to: ['Folder', 'Datacenter'],
      cardinality: 'one',
      inverse: 'datastoreClusters',
      inverseCardinality: 'many',
      doc: 'Its place in the storage tree.',
    },
  },
});
