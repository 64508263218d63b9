import { defineKind } from '../kind.js';
import { flag, integer, moment, text, textList } from '../property.js';
import { inProject } from './project.js';

export const availabilityZone = defineKind({
  label: 'AvailabilityZone',
  doc: 'A part of a cloud that people choose when they create a machine.',
  keeper: 'collector',
  properties: {
    available: flag('Machines can be created in it.'),
    serviceHosts: textList('Names of the compute services in it, where the account may see them.'),
  },
  edges: {
    // (:Host)-[:IN_ZONE]->(:AvailabilityZone)
    hosts: {
      type: 'IN_ZONE',
      direction: 'in',
      to: ['Host'],
      cardinality: 'many',
      inverse: 'availabilityZones',
      inverseCardinality: 'many',
      doc: 'Hypervisors in it.',
    },
  },
});

export const flavor = defineKind({
  label: 'Flavor',
  doc: 'A size of machine that a cloud offers.',
  keeper: 'collector',
  properties: {
    cpuCount: integer('Virtual CPUs.', { unit: 'core', indexed: true }),
    memoryMB: integer('Memory.', { unit: 'MiB', indexed: true }),
    rootDiskBytes: integer('Size of the root disk; 0 takes that of the image.', { unit: 'B' }),
    ephemeralDiskBytes: integer('Size of the ephemeral disk.', { unit: 'B' }),
    swapMB: integer('Size of the swap disk.', { unit: 'MiB' }),
    isPublic: flag('Every project may use it.'),
    disabled: flag('No machine can be created from it any more.'),
    description: text('What people wrote about it.', { fullText: true }),
    extraSpecs: textList('Extra specifications as `key=value`, for instance `hw:numa_nodes=2`.', {
      fullText: true,
    }),
  },
  edges: {},
});

export const image = defineKind({
  label: 'Image',
  doc: 'An image that machines and volumes are made from; a snapshot of a machine is one too.',
  keeper: 'collector',
  properties: {
    status: text('active, queued, saving, deactivated, …', { indexed: true }),
    visibility: text('public, community, shared or private.'),
    diskFormat: text('qcow2, raw, vmdk, iso, …', { indexed: true }),
    containerFormat: text('bare, ovf, docker, …'),
    sizeBytes: integer('Size of the file.', { unit: 'B' }),
    virtualSizeBytes: integer('Size of the disk in it.', { unit: 'B' }),
    minimumDiskBytes: integer('Smallest disk it fits on.', { unit: 'B' }),
    minimumMemoryMB: integer('Least memory it needs.', { unit: 'MiB' }),
    checksum: text('Checksum as the source prints it.'),
    hidden: flag('It is left out of the list that people see.'),
    protected: flag('It cannot be deleted.'),
    imageType: text('snapshot where it was taken of a machine, else image.', {
      values: ['image', 'snapshot'],
    }),
    osDistro: text('Distribution of the guest, as its owner says.', { indexed: true }),
    osVersion: text('Version of the guest, as its owner says.'),
    createdAt: moment('When it was created.'),
    updatedAt: moment('When it was last changed.'),
    labels: textList('Tags set on it.', { fullText: true }),
    sourceProperties: textList('All its other properties as `key=value`.', { fullText: true }),
  },
  edges: {
    // (:Image)-[:IN_PROJECT]->(:Project)
    project: inProject('images'),
    // (:Image)-[:SNAPSHOT_OF]->(:VirtualMachine)
    machine: {
      type: 'SNAPSHOT_OF',
      direction: 'out',
      to: ['VirtualMachine'],
      cardinality: 'one',
      inverse: 'imageSnapshots',
      inverseCardinality: 'many',
      doc: 'The machine it was taken of.',
    },
  },
});

export const serverGroup = defineKind({
  label: 'ServerGroup',
  doc: 'Machines that a cloud keeps together, or apart.',
  keeper: 'collector',
  properties: {
    policy: text('What it asks of the scheduler.', {
      indexed: true,
      values: ['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'],
    }),
    maximumPerHost: integer('Machines of it that one host may have.', { unit: 'count' }),
  },
  edges: {
    // (:ServerGroup)-[:IN_PROJECT]->(:Project)
    project: inProject('serverGroups'),
    // (:ServerGroup)-[:HAS_MEMBER]->(:VirtualMachine)
    virtualMachines: {
      type: 'HAS_MEMBER',
      direction: 'out',
      to: ['VirtualMachine'],
      cardinality: 'many',
      inverse: 'serverGroups',
      inverseCardinality: 'many',
      doc: 'Machines in it.',
    },
  },
});
