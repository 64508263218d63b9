import { defineKind } from '../kind.js';
import { flag, integer, moment, text, textList } from '../property.js';

export const datacenter = defineKind({
  label: 'Datacenter',
  doc: 'The top of the four inventory trees of a source.',
  keeper: 'collector',
  properties: { path: text('Inventory path.') },
  edges: {
    // (:Datacenter)-[:CHILD_OF]->(:Folder)
    parent: {
      type: 'CHILD_OF',
      direction: 'out',
      to: ['Folder'],
      cardinality: 'one',
      inverse: 'datacenters',
      inverseCardinality: 'many',
      doc: 'The folder that holds it.',
    },
  },
});

export const folder = defineKind({
  label: 'Folder',
  doc: 'A folder of one of the four trees: hosts, VMs, datastores, networks.',
  keeper: 'collector',
  properties: {
    folderType: text('What it may hold.', {
      indexed: true,
      values: ['root', 'datacenter', 'vm', 'host', 'datastore', 'network'],
    }),
    path: text('Inventory path.'),
  },
  edges: {
    // (:Folder)-[:CHILD_OF]->(:Folder|Datacenter)
    parent: {
      type: 'CHILD_OF',
      direction: 'out',
      to: ['Folder', 'Datacenter'],
      cardinality: 'one',
      inverse: 'folders',
      inverseCardinality: 'many',
      doc: 'The folder or datacenter that holds it.',
    },
  },
});

export const cluster = defineKind({
  label: 'Cluster',
  doc: 'A group of hosts under one scheduler; a standalone host is a cluster of one.',
  keeper: 'collector',
  properties: {
    variant: text('Kind of grouping.', { values: ['cluster', 'standalone'] }),
    path: text('Inventory path.'),
    overallStatus: text('Health colour in the source.'),
    drsEnabled: flag('The scheduler moves machines by itself (DRS).'),
    drsBehavior: text('manual, partiallyAutomated or fullyAutomated.'),
    haEnabled: flag('Machines restart elsewhere when a host fails (HA).'),
    admissionControlEnabled: flag('HA keeps capacity in reserve.'),
    haHostMonitoring: text('enabled or disabled.'),
    dpmEnabled: flag('Hosts are powered off when idle (DPM).'),
    dpmBehavior: text('manual or automated.'),
    evcMode: text('EVC baseline, where one is set.'),
    vsanEnabled: flag('It runs vSAN.'),
    hostCount: integer('Hosts in it.', { unit: 'count' }),
    cpuTotalMHz: integer('CPU of all hosts.', { unit: 'MHz' }),
    cpuCores: integer('Cores of all hosts.', { unit: 'core' }),
    memoryTotalBytes: integer('Memory of all hosts.', { unit: 'B' }),
  },
  edges: {
    // (:Cluster)-[:CHILD_OF]->(:Folder|Datacenter)
    parent: {
      type: 'CHILD_OF',
      direction: 'out',
      to: ['Folder', 'Datacenter'],
      cardinality: 'one',
      inverse: 'clusters',
      inverseCardinality: 'many',
      doc: 'Its place in the hosts-and-clusters tree.',
    },
    // (:Cluster)-[:USES_DATASTORE]->(:Datastore)
    datastores: {
      type: 'USES_DATASTORE',
      direction: 'out',
      to: ['Datastore'],
      cardinality: 'many',
      inverse: 'clusters',
      inverseCardinality: 'many',
      doc: 'Datastores that its hosts see.',
    },
    // (:Cluster)-[:USES_NETWORK]->(:Network)
    networks: {
      type: 'USES_NETWORK',
      direction: 'out',
      to: ['Network'],
      cardinality: 'many',
      inverse: 'clusters',
      inverseCardinality: 'many',
      doc: 'Networks that its hosts see.',
    },
    // (:Cluster)-[:TAGGED]->(:Tag)
    tags: {
      type: 'TAGGED',
      direction: 'out',
      to: ['Tag'],
      cardinality: 'many',
      inverse: 'clusters',
      inverseCardinality: 'many',
      doc: 'Tags attached to it.',
    },
  },
});

export const host = defineKind({
  label: 'Host',
  doc: 'A hypervisor.',
  keeper: 'collector',
  properties: {
    overallStatus: text('Health colour in the source.'),
    connectionState: text('connected, disconnected or notResponding.'),
    powerState: text('poweredOn, poweredOff, standBy or unknown.'),
    inMaintenanceMode: flag('It is in maintenance mode.', { indexed: true }),
    managementServerIp: text('Address of the manager that owns it.'),
    managementIps: textList('Addresses of its management adapters.'),
    thumbprint: text("Fingerprint of the host's certificate."),
    timezone: text('Time zone of the host.'),
    cpuModel: text('CPU model.'),
    cpuSockets: integer('CPU packages.', { unit: 'count' }),
    cpuCores: integer('CPU cores.', { unit: 'core' }),
    cpuThreads: integer('CPU threads.', { unit: 'count' }),
    cpuMHz: integer('Clock of one core.', { unit: 'MHz' }),
    cpuUsageMHz: integer('CPU in use at the last read.', { unit: 'MHz' }),
    memoryBytes: integer('Memory.', { unit: 'B' }),
    memoryUsageMB: integer('Memory in use at the last read.', { unit: 'MiB' }),
    productName: text('Product, for instance VMware ESXi.'),
    productVersion: text('Version.', { indexed: true }),
    productBuild: text('Build.'),
    vendor: text('Hardware vendor.'),
    model: text('Hardware model.'),
    serialNumber: text('Service tag or serial number.'),
    biosVersion: text('Firmware version of the hardware.'),
    uuid: text('Hardware UUID.'),
    vmotionSupported: flag('Live migration is supported.'),
    storageVMotionSupported: flag('Live storage migration is supported.'),
    bootedAt: moment('Last boot.'),
    hbas: textList('Host bus adapters: device, type, world wide name or IQN.'),
    scsiLuns: textList('Canonical names of its LUNs.'),
    ntpServers: textList('Time servers.'),
    serviceHost: text('Name of the compute service that manages it.', { indexed: true }),
    hypervisorType: text('QEMU, KVM, VMware vCenter Server, ironic, …'),
    serviceStatus: text('Whether the scheduler may use it: enabled or disabled.'),
    runningVms: integer('Machines on it, as the source counts them.', { unit: 'count' }),
  },
  edges: {
    // (:Cluster)-[:HAS_HOST]->(:Host)
    cluster: {
      type: 'HAS_HOST',
      direction: 'in',
      to: ['Cluster'],
      cardinality: 'one',
      inverse: 'hosts',
      inverseCardinality: 'many',
      doc: 'The cluster it belongs to.',
    },
    // (:Host)-[:MOUNTS]->(:Datastore)
    datastores: {
      type: 'MOUNTS',
      direction: 'out',
      to: ['Datastore'],
      cardinality: 'many',
      inverse: 'hosts',
      inverseCardinality: 'many',
      doc: 'Datastores it sees.',
    },
    // (:Host)-[:OFFERS_NETWORK]->(:Network)
    networks: {
      type: 'OFFERS_NETWORK',
      direction: 'out',
      to: ['Network'],
      cardinality: 'many',
      inverse: 'hosts',
      inverseCardinality: 'many',
      doc: 'Networks it offers to machines.',
    },
    // (:Host)-[:TAGGED]->(:Tag)
    tags: {
      type: 'TAGGED',
      direction: 'out',
      to: ['Tag'],
      cardinality: 'many',
      inverse: 'hosts',
      inverseCardinality: 'many',
      doc: 'Tags attached to it.',
    },
  },
});

export const resourcePool = defineKind({
  label: 'ResourcePool',
  doc: 'A share of the CPU and memory of a cluster; a vApp is one with a start order.',
  keeper: 'collector',
  properties: {
    variant: text('Kind of pool.', { values: ['resourcePool', 'vApp'] }),
    isRoot: flag('The invisible root pool of a cluster.'),
    cpuReservationMHz: integer('Guaranteed CPU.', { unit: 'MHz' }),
    cpuLimitMHz: integer('CPU ceiling; absent where unlimited.', { unit: 'MHz' }),
    cpuShares: integer('CPU shares.'),
    memoryReservationMB: integer('Guaranteed memory.', { unit: 'MiB' }),
    memoryLimitMB: integer('Memory ceiling; absent where unlimited.', { unit: 'MiB' }),
    memoryShares: integer('Memory shares.'),
    product: text('Product of a vApp.'),
    vendor: text('Vendor of a vApp.'),
    startOrder: textList('Start order of a vApp: external ids of its members.'),
  },
  edges: {
    // (:ResourcePool)-[:CHILD_OF]->(:ResourcePool)
    parent: {
      type: 'CHILD_OF',
      direction: 'out',
      to: ['ResourcePool'],
      cardinality: 'one',
      inverse: 'children',
      inverseCardinality: 'many',
      doc: 'The pool above it.',
    },
    // (:ResourcePool)-[:POOL_OF]->(:Cluster)
    cluster: {
      type: 'POOL_OF',
      direction: 'out',
      to: ['Cluster'],
      cardinality: 'one',
      inverse: 'resourcePools',
      inverseCardinality: 'many',
      doc: 'The cluster whose resources it shares out.',
    },
    // (:ResourcePool)-[:IN_FOLDER]->(:Folder)
    folder: {
      type: 'IN_FOLDER',
      direction: 'out',
      to: ['Folder'],
      cardinality: 'one',
      inverse: 'vApps',
      inverseCardinality: 'many',
      doc: 'Where a vApp stands in the VMs-and-templates tree.',
    },
  },
});

export const drsGroup = defineKind({
  label: 'DrsGroup',
  doc: 'A named group of machines or of hosts, for placement rules.',
  keeper: 'collector',
  properties: { groupType: text('What it holds.', { values: ['vm', 'host'] }) },
  edges: {
    // (:Cluster)-[:HAS_DRS_GROUP]->(:DrsGroup)
    cluster: {
      type: 'HAS_DRS_GROUP',
      direction: 'in',
      to: ['Cluster'],
      cardinality: 'one',
      inverse: 'drsGroups',
      inverseCardinality: 'many',
      doc: 'The cluster it belongs to.',
    },
    // (:DrsGroup)-[:HAS_MEMBER]->(:VirtualMachine)
    virtualMachines: {
      type: 'HAS_MEMBER',
      direction: 'out',
      to: ['VirtualMachine'],
      cardinality: 'many',
      inverse: 'drsGroups',
      inverseCardinality: 'many',
      doc: 'Machines in it.',
    },
    // (:DrsGroup)-[:HAS_MEMBER]->(:Host)
    hosts: {
      type: 'HAS_MEMBER',
      direction: 'out',
      to: ['Host'],
      cardinality: 'many',
      inverse: 'drsGroups',
      inverseCardinality: 'many',
      doc: 'Hosts in it.',
    },
  },
});

export const drsRule = defineKind({
  label: 'DrsRule',
  doc: 'A placement rule of a cluster.',
  keeper: 'collector',
  properties: {
    ruleType: text('What it asks.', {
      indexed: true,
      values: [
        'vmAffinity',
        'vmAntiAffinity',
        'vmHostAffinity',
        'vmHostAntiAffinity',
        'vmDependency',
      ],
    }),
    enabled: flag('It is in force.'),
    mandatory: flag('The scheduler must not break it.'),
    userCreated: flag('A person made it.'),
  },
  edges: {
    // (:Cluster)-[:HAS_DRS_RULE]->(:DrsRule)
    cluster: {
      type: 'HAS_DRS_RULE',
      direction: 'in',
      to: ['Cluster'],
      cardinality: 'one',
      inverse: 'drsRules',
      inverseCardinality: 'many',
      doc: 'The cluster it belongs to.',
    },
    // (:DrsRule)-[:APPLIES_TO]->(:VirtualMachine)
    virtualMachines: {
      type: 'APPLIES_TO',
      direction: 'out',
      to: ['VirtualMachine'],
      cardinality: 'many',
      inverse: 'drsRules',
      inverseCardinality: 'many',
      doc: 'Machines of a VM-VM rule.',
    },
    // (:DrsRule)-[:FOR_GROUP]->(:DrsGroup)
    vmGroup: {
      type: 'FOR_GROUP',
      direction: 'out',
      to: ['DrsGroup'],
      cardinality: 'one',
      inverse: 'rulesForMachines',
      inverseCardinality: 'many',
      doc: 'Group of machines of a VM-host rule.',
    },
    // (:DrsRule)-[:ON_GROUP]->(:DrsGroup)
    hostGroup: {
      type: 'ON_GROUP',
      direction: 'out',
      to: ['DrsGroup'],
      cardinality: 'one',
      inverse: 'rulesForHosts',
      inverseCardinality: 'many',
      doc: 'Group of hosts of a VM-host rule.',
    },
  },
});

export const tag = defineKind({
  label: 'Tag',
  doc: 'A tag of the source, with its category.',
  keeper: 'collector',
  properties: {
    category: text('Category of the tag.', { indexed: true, fullText: true }),
    description: text('What people wrote about it.'),
    cardinality: text('SINGLE or MULTIPLE tags of the category for each object.'),
  },
  edges: {},
});
