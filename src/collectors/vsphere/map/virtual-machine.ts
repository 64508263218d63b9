import {
  record,
  type AnyRecord,
  type EntityKind,
  type KindProperties,
} from '../../../graph/model/index.js';
import { mapDevices } from './devices.js';
import { mapDisks } from './disks.js';
import { edgeByType, edgesTo, edgeTo, known } from './edges.js';
import { FileLayout } from './file-layout.js';
import { mapFileSystems } from './file-systems.js';
import { addressesOf, mapGuestNetworks, mapGuestRoutes } from './guest-networks.js';
import { Machine } from './machine.js';
import { mapNics } from './nics.js';
import { osFamily } from './os-family.js';
import { ceiling } from './resource-pool.js';
import { mapSnapshots } from './snapshots.js';
import type { MappedObject, RawObject } from '../../contract.js';

type Properties = KindProperties<'Template'>;

const powerStates = ['poweredOn', 'poweredOff', 'suspended'] as const;
const connectionStates = [
  'connected',
  'disconnected',
  'orphaned',
  'inaccessible',
  'invalid',
] as const;
const guestStates = [
  'running',
  'shuttingDown',
  'resetting',
  'standby',
  'notRunning',
  'unknown',
] as const;

function identity({ fields, path }: Machine): Properties {
  return {
    uuid: fields.filled('config.uuid'),
    instanceUuid: fields.filled('config.instanceUuid'),
    path,
    annotation: fields.filled('config.annotation'),
    overallStatus: fields.filled('overallStatus'),
    createdAt: fields.moment('config.createDate'),
    firmware: fields.oneOf('config.firmware', ['bios', 'efi']),
    secureBoot: fields.part('config.bootOptions').flag('efiSecureBootEnabled'),
    hardwareVersion: fields.filled('config.version'),
    vmPathName: fields.filled('config.files.vmPathName'),
    changeVersion: fields.filled('config.changeVersion'),
    timeSyncWithHost: fields.flag('config.tools.syncTimeWithHost'),
  };
}

function state({ fields }: Machine): Properties {
  const sourcePowerState = fields.filled('runtime.powerState');
  return {
    powerState: fields.oneOf('runtime.powerState', powerStates) ?? 'unknown',
    sourcePowerState,
    connectionState: fields.oneOf('runtime.connectionState', connectionStates),
    bootedAt: fields.moment('runtime.bootTime'),
    consolidationNeeded: fields.flag('runtime.consolidationNeeded'),
  };
}

function hardware(machine: Machine): Properties {
  const { fields } = machine;
  const device = fields.part('config.hardware');
  const cpu = fields.part('config.cpuAllocation');
  const memory = fields.part('config.memoryAllocation');
  return {
    cpuCount: device.integer('numCPU'),
    coresPerSocket: device.integer('numCoresPerSocket'),
    cpuHotAddEnabled: fields.flag('config.cpuHotAddEnabled'),
    cpuHotRemoveEnabled: fields.flag('config.cpuHotRemoveEnabled'),
    cpuAffinity: fields.part('config.cpuAffinity').integers('affinitySet'),
    numaNodeAffinity: listed(machine.setting('numa.nodeAffinity')),
    cpuReservationMHz: cpu.integer('reservation'),
    cpuLimitMHz: ceiling(cpu),
    cpuShares: cpu.part('shares').integer('shares'),
    memoryMB: device.integer('memoryMB'),
    memoryHotAddEnabled: fields.flag('config.memoryHotAddEnabled'),
    memoryReservationMB: memory.integer('reservation'),
    memoryLimitMB: ceiling(memory),
    nestedVirtualizationEnabled: fields.flag('config.nestedHVEnabled'),
  };
}

const listed = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** What a configuration leaves unset is off; without a configuration nothing is known. */
function features(machine: Machine): Properties {
  const { fields } = machine;
  if (!machine.hasConfiguration) return {};
  const hasTpm = machine.devices.some((device) => device.class === 'VirtualTPM');
  return {
    faultToleranceEnabled: fields.has('config.ftInfo'),
    changeTrackingEnabled:
      fields.flag('config.changeTrackingEnabled') ?? machine.switchedOn('ctkEnabled') ?? false,
    diskEnableUuid: machine.switchedOn('disk.EnableUUID') ?? false,
    tpmPresent: hasTpm || (fields.flag('summary.config.tpmPresent') ?? false),
    encrypted: fields.has('config.keyId'),
  };
}

function usage({ fields }: Machine): Properties {
  const now = fields.part('summary.quickStats');
  const storage = fields.part('summary.storage');
  return {
    cpuUsageMHz: now.integer('overallCpuDemand') ?? now.integer('overallCpuUsage'),
    memoryUsageMB: now.integer('guestMemoryUsage'),
    hostMemoryUsageMB: now.integer('hostMemoryUsage'),
    balloonedMemoryMB: now.integer('balloonedMemory'),
    committedBytes: storage.integer('committed'),
    uncommittedBytes: storage.integer('uncommitted'),
    unsharedBytes: storage.integer('unshared'),
  };
}

function guest({ fields }: Machine): Properties {
  const guestId = fields.filled('config.guestId');
  const guestName = fields.filled('config.guestFullName');
  const guestNameFromTools = fields.filled('guest.guestFullName');
  return {
    guestId,
    guestName,
    guestNameFromTools,
    osFamily: osFamily(guestNameFromTools, guestId, guestName),
    hostName: fields.text('guest.hostName'),
    ipAddress: fields.filled('guest.ipAddress'),
    ipAddresses: [...new Set(fields.objects('guest.net').flatMap(addressesOf))],
    guestState: fields.oneOf('guest.guestState', guestStates),
    toolsStatus: fields.filled('guest.toolsStatus'),
    toolsRunningStatus: fields.filled('guest.toolsRunningStatus'),
    toolsVersionStatus: fields.filled('guest.toolsVersionStatus2'),
    toolsVersion: fields.filled('guest.toolsVersion'),
  };
}

function customAttributes({ fields }: Machine): readonly string[] {
  const names = new Map(
    fields.objects('availableField').map((field) => [field.integer('key'), field.text('name')]),
  );
  return fields
    .objects('customValue')
    .map(
      (each) =>
        `${names.get(each.integer('key')) ?? String(each.integer('key'))}=${each.text('value') ?? ''}`,
    );
}

const capacityOf = (disks: readonly AnyRecord[]): number =>
  disks.reduce(
    (sum, disk) => sum + (disk.kind === 'Disk' ? (disk.properties.capacityBytes ?? 0) : 0),
    0,
  );

interface Parts {
  readonly disks: readonly AnyRecord[];
  readonly nics: readonly AnyRecord[];
  readonly snapshots: readonly AnyRecord[];
}

/** Counts of parts; unknown, not zero, while the source cannot read the configuration. */
function totals(machine: Machine, { disks, nics, snapshots }: Parts): Properties {
  if (!machine.hasConfiguration) return {};
  return {
    diskCapacityBytes: capacityOf(disks),
    diskCount: disks.length,
    nicCount: nics.length,
    snapshotCount: snapshots.length,
  };
}

function machineRecord(machine: Machine, parts: Parts): AnyRecord {
  const { fields, id, name } = machine;
  const properties: Properties = {
    ...identity(machine),
    ...state(machine),
    ...hardware(machine),
    ...features(machine),
    ...usage(machine),
    ...guest(machine),
    ...totals(machine, parts),
    customAttributes: customAttributes(machine),
  };
  const edges = known({
    host: edgeTo('Host', fields.reference('runtime.host')),
    folder: edgeByType(['Folder', 'Datacenter'], fields.reference('parent')),
    resourcePool: edgeTo('ResourcePool', fields.reference('resourcePool')),
    datastores: edgesTo('Datastore', fields.references('datastore')),
    networks: edgesTo('Network', fields.references('network')),
    tags: machine.tags,
  });
  return machine.isTemplate
    ? record('Template', id, name, properties, edges)
    : record('VirtualMachine', id, name, properties, edges);
}

const partKinds: readonly EntityKind[] = [
  'Disk',
  'Nic',
  'Device',
  'Snapshot',
  'FileSystem',
  'GuestNetwork',
  'GuestRoute',
];

/**
 * A machine or template with its parts. Where the source cannot read the configuration the machine
 * is kept with what is known, and its parts are not taken for gone.
 */
export function mapVirtualMachine(raw: RawObject): MappedObject {
  const machine = new Machine(raw);
  const layout = new FileLayout(machine.fields.fields('layoutEx'));
  const disks = mapDisks(machine, layout);
  const nics = mapNics(machine);
  const snapshots = mapSnapshots(machine, layout);
  const main = machineRecord(machine, { disks, nics, snapshots });
  const parts = [
    ...disks,
    ...nics,
    ...mapDevices(machine),
    ...snapshots,
    ...mapFileSystems(machine),
    ...mapGuestNetworks(machine),
    ...mapGuestRoutes(machine),
  ];
  if (!machine.hasConfiguration) {
    machine.remarks.add('config', 'the source gives no configuration of the machine');
  }
  return {
    records: [main, ...parts],
    owned: machine.hasConfiguration ? partKinds : [],
    omissions: machine.remarks.omissions,
  };
}
