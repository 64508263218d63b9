import { defineKind } from '../kind.js';
import { flag, integer, moment, text, textList } from '../property.js';
import { inProject } from './project.js';

export const volumeType = defineKind({
  label: 'VolumeType',
  doc: 'A class of storage that a cloud offers for volumes.',
  keeper: 'collector',
  properties: {
    description: text('What people wrote about it.', { fullText: true }),
    isPublic: flag('Every project may use it.'),
    extraSpecs: textList('Extra specifications as `key=value`.', { fullText: true }),
    backendName: text('Backend that it asks for (volume_backend_name).', { indexed: true }),
    multiattach: flag('Its volumes may be attached to several machines.'),
    qosSpecsId: text('Id of its quality-of-service specification.'),
    qosConsumer: text('Who enforces it: front-end, back-end or both.'),
    qosSpecs: textList('Its quality of service as `key=value`.'),
  },
  edges: {},
});

export const volume = defineKind({
  label: 'Volume',
  doc: 'A volume of block storage, attached or not. Each attachment is a disk of its machine.',
  keeper: 'collector',
  properties: {
    status: text('available, in-use, error, …', { indexed: true }),
    sizeBytes: integer('Size.', { unit: 'B', indexed: true }),
    bootable: flag('A machine can boot from it.'),
    encrypted: flag('It is encrypted.'),
    multiattach: flag('Several machines may attach it.'),
    attachmentCount: integer('Attachments.', { unit: 'count', indexed: true }),
    availabilityZone: text('Availability zone of the storage.'),
    backend: text('Pool that holds it, as host@backend#pool.', { indexed: true }),
    replicationStatus: text('State of its replication.'),
    snapshotId: text('Id of the snapshot it was made from.'),
    sourceVolumeId: text('Id of the volume it was made from.'),
    description: text('What people wrote about it.', { fullText: true }),
    metadata: textList('Metadata as `key=value`.', { fullText: true }),
    imageProperties: textList('Properties of the image it was made from, as `key=value`.'),
    createdAt: moment('When it was created.'),
    updatedAt: moment('When it was last changed.'),
  },
  edges: {
    // (:Volume)-[:IN_PROJECT]->(:Project)
    project: inProject('volumes'),
    // (:Volume)-[:OF_TYPE]->(:VolumeType)
    volumeType: {
      type: 'OF_TYPE',
      direction: 'out',
      to: ['VolumeType'],
      cardinality: 'one',
      inverse: 'volumes',
      inverseCardinality: 'many',
      doc: 'Its class of storage.',
    },
    // (:Volume)-[:ON_DATASTORE]->(:Datastore)
    datastore: {
      type: 'ON_DATASTORE',
      direction: 'out',
      to: ['Datastore'],
      cardinality: 'one',
      inverse: 'volumes',
      inverseCardinality: 'many',
      doc: 'The storage pool that holds it.',
    },
    // (:Disk)-[:BACKED_BY]->(:Volume)
    disks: {
      type: 'BACKED_BY',
      direction: 'in',
      to: ['Disk'],
      cardinality: 'many',
      inverse: 'volume',
      inverseCardinality: 'one',
      doc: 'Disks of machines that it is, one for each attachment.',
    },
    // (:Volume)-[:MADE_FROM]->(:Image)
    image: {
      type: 'MADE_FROM',
      direction: 'out',
      to: ['Image'],
      cardinality: 'one',
      inverse: 'volumes',
      inverseCardinality: 'many',
      doc: 'The image it was made from.',
    },
  },
});

export const volumeSnapshot = defineKind({
  label: 'VolumeSnapshot',
  doc: 'A snapshot of one volume.',
  keeper: 'collector',
  properties: {
    status: text('available, creating, error, …', { indexed: true }),
    sizeBytes: integer('Size of the volume when it was taken.', { unit: 'B' }),
    description: text('What people wrote about it.', { fullText: true }),
    metadata: textList('Metadata as `key=value`.'),
    createdAt: moment('When it was taken.', { indexed: true }),
  },
  edges: {
    // (:VolumeSnapshot)-[:IN_PROJECT]->(:Project)
    project: inProject('volumeSnapshots'),
    // (:VolumeSnapshot)-[:SNAPSHOT_OF]->(:Volume)
    volume: {
      type: 'SNAPSHOT_OF',
      direction: 'out',
      to: ['Volume'],
      cardinality: 'one',
      inverse: 'snapshots',
      inverseCardinality: 'many',
      doc: 'The volume it was taken of.',
    },
  },
});
