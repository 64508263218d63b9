import { defineKind } from '../kind.js';
import { flag, integer, integerList, moment, text, textList } from '../property.js';
import { inProject } from './project.js';

/** Properties that virtual machines and templates have in common. */
export const machineProperties = {
  uuid: text('BIOS UUID as the source prints it.', { indexed: true }),
  instanceUuid: text('UUID that the manager gave it; unique within one vCenter.', {
    indexed: true,
  }),
  path: text('Inventory path of folders and name, separated by /.', { fullText: true }),
  annotation: text('Notes that people left on it.', { fullText: true }),
  powerState: text('Power state.', {
    indexed: true,
    values: ['poweredOn', 'poweredOff', 'suspended', 'paused', 'unknown'],
  }),
  sourcePowerState: text("Power state in the source's own word."),
  connectionState: text('Whether the manager can reach it.', {
    values: ['connected', 'disconnected', 'orphaned', 'inaccessible', 'invalid'],
  }),
  overallStatus: text('Health colour in the source: green, yellow, red, gray.'),
  createdAt: moment('When it was created, where the source knows.'),
  bootedAt: moment('Last boot.'),
  firmware: text('Firmware.', { values: ['bios', 'efi'] }),
  secureBoot: flag('UEFI secure boot is on.'),
  hardwareVersion: text('Virtual hardware version, for instance vmx-19.'),
  cpuCount: integer('Virtual CPUs in all.', { unit: 'core', indexed: true }),
  coresPerSocket: integer('Cores for each virtual socket.', { unit: 'core' }),
  cpuHotAddEnabled: flag('CPUs can be added while it runs.'),
  cpuHotRemoveEnabled: flag('CPUs can be removed while it runs.'),
  cpuAffinity: integerList('Physical CPUs it is pinned to.'),
  numaNodeAffinity: textList('NUMA nodes it is pinned to.'),
  cpuReservationMHz: integer('Guaranteed CPU.', { unit: 'MHz' }),
  cpuLimitMHz: integer('CPU ceiling; absent where unlimited.', { unit: 'MHz' }),
  cpuShares: integer('CPU shares.'),
  cpuUsageMHz: integer('CPU demand at the last read.', { unit: 'MHz' }),
  memoryMB: integer('Configured memory.', { unit: 'MiB', indexed: true }),
  memoryHotAddEnabled: flag('Memory can be added while it runs.'),
  memoryReservationMB: integer('Guaranteed memory.', { unit: 'MiB' }),
  memoryLimitMB: integer('Memory ceiling; absent where unlimited.', { unit: 'MiB' }),
  memoryUsageMB: integer('Guest memory in active use at the last read.', { unit: 'MiB' }),
  hostMemoryUsageMB: integer('Host memory consumed at the last read.', { unit: 'MiB' }),
  balloonedMemoryMB: integer('Memory taken back by ballooning.', { unit: 'MiB' }),
  nestedVirtualizationEnabled: flag('The guest may run virtual machines itself.'),
  faultToleranceEnabled: flag('A secondary copy runs on another host.'),
  changeTrackingEnabled: flag('Changed block tracking is on for the machine.'),
  diskEnableUuid: flag('Disks show their UUID as serial to the guest.'),
  consolidationNeeded: flag('Snapshot deltas were left behind and wait for consolidation.'),
  tpmPresent: flag('It has a virtual TPM.'),
  encrypted: flag('Its files are encrypted by the manager.'),
  guestId: text("Configured guest OS, the source's id.", { indexed: true }),
  guestName: text('Configured guest OS, readable.', { fullText: true }),
  guestNameFromTools: text('Guest OS as the guest agent reports it.', { fullText: true }),
  osFamily: text('Family of the guest OS.', {
    indexed: true,
    values: ['linux', 'windows', 'bsd', 'solaris', 'macos', 'other'],
  }),
  hostName: text('Host name as the guest agent reports it.', { indexed: true, fullText: true }),
  ipAddress: text('Primary address as the guest agent reports it.', { indexed: true }),
  ipAddresses: textList('All addresses the guest agent reports.', { fullText: true }),
  guestState: text('Whether the guest is running.', {
    values: ['running', 'shuttingDown', 'resetting', 'standby', 'notRunning', 'unknown'],
  }),
  toolsStatus: text('Guest agent: toolsOk, toolsOld, toolsNotRunning, toolsNotInstalled.'),
  toolsRunningStatus: text('guestToolsRunning, guestToolsNotRunning, guestToolsExecutingScripts.'),
  toolsVersionStatus: text("Version state of the guest agent in the source's words."),
  toolsVersion: text('Version of the guest agent.'),
  committedBytes: integer('Storage in use over all datastores.', { unit: 'B' }),
  uncommittedBytes: integer('Storage that it may still grow by.', { unit: 'B' }),
  unsharedBytes: integer('Storage that only it uses.', { unit: 'B' }),
  diskCapacityBytes: integer('Sum of the capacities of its disks.', { unit: 'B', indexed: true }),
  diskCount: integer('Number of disks.', { unit: 'count', indexed: true }),
  nicCount: integer('Number of network adapters.', { unit: 'count' }),
  snapshotCount: integer('Number of snapshots.', { unit: 'count', indexed: true }),
  customAttributes: textList('Custom attributes as `key=value`.', { fullText: true }),
  timeSyncWithHost: flag('The guest takes its time from the host.'),
  vmPathName: text('Path of its configuration file.'),
  changeVersion: text("The source's own version of its configuration."),
} as const;

export const virtualMachine = defineKind({
  label: 'VirtualMachine',
  doc: 'A virtual machine, of whatever source. Templates are a kind of their own.',
  keeper: 'collector',
  properties: {
    ...machineProperties,
    readiness: text('What the concerns say about migrating it.', {
      derived: true,
      indexed: true,
      values: ['ready', 'readyWithWarnings', 'blocked', 'unknown'],
    }),
    blockers: textList('Ids of its critical concerns; absent where it has none.', {
      derived: true,
    }),
    blockingConcerns: integer('Number of its critical concerns.', { derived: true, unit: 'count' }),
    warningConcerns: integer('Number of its warnings.', { derived: true, unit: 'count' }),
    evaluatedIn: integer('Sync number its concerns were last evaluated for.', { derived: true }),
    evaluatedCatalogue: text(
      'Version of the catalogue it was evaluated with; absent while an evaluation is due.',
      { derived: true },
    ),
    evaluatedRevision: integer('Number of the evaluation batch that last wrote its concerns.', {
      derived: true,
      indexed: true,
    }),
    evaluationDigest: text('Digest of what its concerns were found from.', { derived: true }),
    unknownBecause: text(
      'Why its readiness cannot be told, where its configuration is unreadable.',
      {
        derived: true,
      },
    ),
    runStrategy: text('KubeVirt run strategy, for machines that live in a cluster.'),
    instanceType: text('KubeVirt instance type by name.'),
    migratedFrom: text('Id of the source machine, from our label on the target.'),
    taskState: text('What the source is doing with it right now, for instance resize_prep.'),
    locked: flag('The source refuses changes to it.'),
    faultMessage: text('Why the source says that it failed.'),
    userId: text('Id of the account that created it.'),
    keyName: text('Name of the SSH key it was created with.', { indexed: true }),
    bootsFromVolume: flag('It boots from a volume and not from an image.'),
    imageProperties: textList(
      'Properties of the image that it or its boot volume was made from, as `key=value`.',
    ),
    flavorExtraSpecs: textList(
      'Extra specifications of its flavor when it was last sized, as `key=value`.',
    ),
    floatingIpAddresses: textList('Public addresses that lead to it.', { fullText: true }),
  },
  edges: {
    // (:VirtualMachine)-[:RUNS_ON]->(:Host|Node)
    host: {
      type: 'RUNS_ON',
      direction: 'out',
      to: ['Host', 'Node'],
      cardinality: 'one',
      inverse: 'virtualMachines',
      inverseCardinality: 'many',
      doc: 'Where it runs, or is registered while powered off.',
    },
    // (:VirtualMachine)-[:IN_FOLDER]->(:Folder|Datacenter|Namespace)
    folder: {
      type: 'IN_FOLDER',
      direction: 'out',
      to: ['Folder', 'Datacenter', 'Namespace'],
      cardinality: 'one',
      inverse: 'virtualMachines',
      inverseCardinality: 'many',
      doc: 'Its place in the VMs-and-templates tree.',
    },
    // (:VirtualMachine)-[:IN_POOL]->(:ResourcePool)
    resourcePool: {
      type: 'IN_POOL',
      direction: 'out',
      to: ['ResourcePool'],
      cardinality: 'one',
      inverse: 'virtualMachines',
      inverseCardinality: 'many',
      doc: 'The resource pool or vApp it takes its resources from.',
    },
    // (:VirtualMachine)-[:STORED_ON]->(:Datastore)
    datastores: {
      type: 'STORED_ON',
      direction: 'out',
      to: ['Datastore'],
      cardinality: 'many',
      inverse: 'virtualMachines',
      inverseCardinality: 'many',
      doc: 'Every datastore that holds a file of it.',
    },
    // (:VirtualMachine)-[:ATTACHED_TO]->(:Network)
    networks: {
      type: 'ATTACHED_TO',
      direction: 'out',
      to: ['Network', 'NetworkAttachment'],
      cardinality: 'many',
      inverse: 'virtualMachines',
      inverseCardinality: 'many',
      doc: 'Every network that one of its adapters is on.',
    },
    // (:VirtualMachine)-[:TAGGED]->(:Tag)
    tags: {
      type: 'TAGGED',
      direction: 'out',
      to: ['Tag'],
      cardinality: 'many',
      inverse: 'virtualMachines',
      inverseCardinality: 'many',
      doc: 'Tags attached to it.',
    },
    // (:VirtualMachine)-[:IN_PROJECT]->(:Project)
    project: inProject('virtualMachines'),
    // (:VirtualMachine)-[:HAS_FLAVOR]->(:Flavor)
    flavor: {
      type: 'HAS_FLAVOR',
      direction: 'out',
      to: ['Flavor'],
      cardinality: 'one',
      inverse: 'virtualMachines',
      inverseCardinality: 'many',
      doc: 'The flavor that sizes it, where it still exists.',
    },
    // (:VirtualMachine)-[:MADE_FROM]->(:Image)
    image: {
      type: 'MADE_FROM',
      direction: 'out',
      to: ['Image'],
      cardinality: 'one',
      inverse: 'virtualMachines',
      inverseCardinality: 'many',
      doc: 'The image that it or its boot volume was made from.',
    },
    // (:VirtualMachine)-[:IN_ZONE]->(:AvailabilityZone)
    availabilityZone: {
      type: 'IN_ZONE',
      direction: 'out',
      to: ['AvailabilityZone'],
      cardinality: 'one',
      inverse: 'virtualMachines',
      inverseCardinality: 'many',
      doc: 'The availability zone it runs in.',
    },
    // (:VirtualMachine)-[:HAS_CONCERN {facts, since}]->(:Concern)
    concerns: {
      type: 'HAS_CONCERN',
      direction: 'out',
      to: ['Concern'],
      cardinality: 'many',
      inverse: 'virtualMachines',
      inverseCardinality: 'many',
      doc: 'What may hinder its migration.',
      keeper: 'concerns',
      properties: {
        facts: text('The values that made the rule fire, as JSON, one object an occurrence.'),
        since: moment('When the concern was first found.'),
        assessment: text('What will happen and what to do, with the values in it.'),
      },
    },
    // (:VirtualMachine)-[:HELD_BY {category, rule}]->(:Cause)
    causes: {
      type: 'HELD_BY',
      direction: 'out',
      to: ['Cause'],
      cardinality: 'many',
      inverse: 'virtualMachines',
      inverseCardinality: 'many',
      doc: 'Where one would fix its concerns.',
      keeper: 'concerns',
      properties: {
        category: text('Category of the concern.'),
        rule: text('Id of the rule.'),
      },
    },
  },
});

const { host, folder, resourcePool, datastores, networks, tags } = virtualMachine.edges;

export const template = defineKind({
  label: 'Template',
  doc: 'A virtual machine marked as template: a pattern to clone, which never runs.',
  keeper: 'collector',
  properties: machineProperties,
  edges: {
    // (:Template)-[:RUNS_ON]->(:Host)
    host: { ...host, inverse: 'templates', doc: 'The host it is registered on.' },
    // (:Template)-[:IN_FOLDER]->(:Folder|Datacenter|Namespace)
    folder: { ...folder, inverse: 'templates' },
    // (:Template)-[:IN_POOL]->(:ResourcePool)
    resourcePool: { ...resourcePool, inverse: 'templates' },
    // (:Template)-[:STORED_ON]->(:Datastore)
    datastores: { ...datastores, inverse: 'templates' },
    // (:Template)-[:ATTACHED_TO]->(:Network)
    networks: { ...networks, inverse: 'templates' },
    // (:Template)-[:TAGGED]->(:Tag)
    tags: { ...tags, inverse: 'templates' },
  },
});
