import {
  record,
  to,
  type AnyRecord,
  type EntityKind,
  type KindProperties,
} from '../../../graph/model/index.js';
import type { MappedObject, RawObject } from '../../contract.js';
import { known } from '../../vsphere/map/edges.js';
import { osFamily } from '../../vsphere/map/os-family.js';
import { added } from '../estate/added-columns.js';
import { folderPath } from './places.js';
import { mapDevices, mapSnapshots } from './devices.js';
import { mapDisks, mapFileSystems } from './disks.js';
import { Machine } from './machine.js';
import { mapNics } from './nics.js';
import type { SheetName } from '../sheets.js';

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

/** Where versions give one UUID alone, it is that of the BIOS. */
function uuids(machine: Machine): Properties {
  const info = machine.one('vInfo');
  const smbios = info.text('smbiosuuid');
  const other = info.text('vmuuid');
  return { uuid: smbios ?? other, instanceUuid: smbios === undefined ? undefined : other };
}

/** `19` and `vmx-19` are one version. */
const hardwareVersion = (written: string | undefined): string | undefined =>
  written === undefined || !/^\d+$/u.test(written) ? written : `vmx-${written}`;

function identity(machine: Machine): Properties {
  const info = machine.one('vInfo');
  const folder = info.text(added.folder);
  return {
    ...uuids(machine),
    path: folder === undefined ? undefined : `${folderPath(folder)}/${machine.name}`,
    annotation: info.text('annotation'),
    overallStatus: info.text('configstatus'),
    createdAt: info.moment('creationdate'),
    firmware: info.oneOf('firmware', ['bios', 'efi'] as const),
    secureBoot: info.flag('efisecureboot'),
    hardwareVersion: hardwareVersion(info.text('hwversion')),
    vmPathName: info.text('path'),
    changeVersion: info.text('changeversion'),
    timeSyncWithHost: machine.one('vTools').flag('synctime'),
  };
}

function state(machine: Machine): Properties {
  const info = machine.one('vInfo');
  const faultTolerance = info.text('ftstate');
  return {
    powerState: info.oneOf('powerstate', powerStates) ?? 'unknown',
    sourcePowerState: info.text('powerstate'),
    connectionState: info.oneOf('connectionstate', connectionStates),
    bootedAt: info.moment('poweron'),
    consolidationNeeded: info.flag('consolidationneeded'),
    faultToleranceEnabled:
      faultTolerance === undefined ? undefined : faultTolerance !== 'notConfigured',
    changeTrackingEnabled: info.flag('cbt'),
    diskEnableUuid: info.flag('enableuuid'),
  };
}

function hardware(machine: Machine): Properties {
  const info = machine.one('vInfo');
  const cpu = machine.one('vCPU');
  const memory = machine.one('vMemory');
  return {
    cpuCount: info.integer('cpus') ?? cpu.integer('cpus'),
    coresPerSocket: cpu.integer('coresps'),
    cpuHotAddEnabled: cpu.flag('hotadd'),
    cpuHotRemoveEnabled: cpu.flag('hotremove'),
    cpuReservationMHz: cpu.integer('reservation'),
    cpuLimitMHz: cpu.ceiling('limit'),
    cpuShares: cpu.integer('shares'),
    cpuUsageMHz: cpu.integer('overall'),
    memoryMB: info.integer('memory') ?? memory.integer('sizemib'),
    memoryHotAddEnabled: memory.flag('hotadd'),
    memoryReservationMB: memory.integer('reservation'),
    memoryLimitMB: memory.ceiling('limit'),
    memoryUsageMB: memory.integer('active'),
    hostMemoryUsageMB: memory.integer('consumed'),
    balloonedMemoryMB: memory.integer('ballooned'),
  };
}

function storage(machine: Machine): Properties {
  const info = machine.one('vInfo');
  const committed = info.bytes('inusemib');
  const provisioned = info.bytes('provisionedmib');
  return {
    committedBytes: committed,
    uncommittedBytes:
      committed === undefined || provisioned === undefined
        ? undefined
        : Math.max(0, provisioned - committed),
    unsharedBytes: info.bytes('unsharedmib'),
  };
}

function guest(machine: Machine, addresses: readonly string[]): Properties {
  const info = machine.one('vInfo');
  const tools = machine.one('vTools');
  const guestName = info.text('osaccordingtotheconfigurationfile');
  const guestNameFromTools = info.text('osaccordingtothevmwaretools');
  return {
    guestName,
    guestNameFromTools,
    osFamily: osFamily(guestNameFromTools, undefined, guestName),
    hostName: info.text('dnsname'),
    ipAddress: info.text('primaryipaddress'),
    ipAddresses: addresses,
    guestState: info.oneOf('gueststate', guestStates),
    toolsStatus: tools.text('tools'),
    toolsVersion: tools.text('toolsversion'),
  };
}

function customAttributes(machine: Machine): readonly string[] {
  const written = machine.one('vInfo').text(added.custom);
  if (written === undefined) return [];
  // Written by the reader of the sheet: titles to texts.
  const attributes = JSON.parse(written) as Readonly<Record<string, string>>;
  return Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
}

const sum = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** Counts of parts: from their sheet, else as vInfo counts them. */
function totals(machine: Machine): Properties {
  const info = machine.one('vInfo');
  const disks = machine.rowsOf('vDisk');
  return {
    diskCapacityBytes:
      disks === undefined
        ? info.bytes('totaldiskcapacitymib')
        : sum(disks.map((row) => row.bytes('capacitymib'))),
    diskCount: disks?.length ?? info.integer('disks'),
    nicCount: machine.rowsOf('vNetwork')?.length ?? info.integer('nics'),
    snapshotCount: machine.rowsOf('vSnapshot')?.length,
  };
}

const each = (kind: EntityKind, ids: readonly (string | undefined)[]) =>
  [...new Set(ids)].flatMap((id) => (id === undefined ? [] : [to(kind, id)]));

function machineRecord(machine: Machine, nics: readonly AnyRecord[]): AnyRecord {
  const info = machine.one('vInfo');
  const addresses = nics.flatMap((nic) =>
    nic.kind === 'Nic' ? (nic.properties.ipAddresses ?? []) : [],
  );
  const properties: Properties = {
    ...identity(machine),
    ...state(machine),
    ...hardware(machine),
    ...storage(machine),
    ...guest(machine, [...new Set(addresses)]),
    ...totals(machine),
    customAttributes: customAttributes(machine),
  };
  const [host, folder, datacenter, pool] = [
    info.text(added.host),
    info.text(added.folder),
    info.text(added.datacenter),
    info.text(added.pool),
  ];
  const top = datacenter === undefined ? undefined : to('Datacenter', datacenter);
  const disks = machine.all('vDisk').map((row) => row.text(added.datastore));
  const edges = known({
    host: host === undefined ? undefined : to('Host', host),
    folder: folder === undefined ? top : to('Folder', folder),
    resourcePool: pool === undefined ? undefined : to('ResourcePool', pool),
    datastores: each('Datastore', [info.text(added.datastore), ...disks]),
    networks: each(
      'Network',
      machine.all('vNetwork').map((row) => row.text(added.network)),
    ),
  });
  const { name } = machine;
  return machine.isTemplate
    ? record('Template', machine.id, name, properties, edges)
    : record('VirtualMachine', machine.id, name, properties, edges);
}

/** Kinds of parts, and the sheets without which nothing is known of them. */
const partKinds: readonly (readonly [EntityKind, readonly SheetName[]])[] = [
  ['Disk', ['vDisk']],
  ['Nic', ['vNetwork']],
  ['GuestNetwork', ['vNetwork']],
  ['Device', ['vCD', 'vUSB']],
  ['Snapshot', ['vSnapshot']],
  ['FileSystem', ['vPartition']],
];

/** A machine or template with its parts. Parts of a sheet that is missing are not taken for gone. */
export function mapVirtualMachine(raw: RawObject): MappedObject {
  const machine = new Machine(raw);
  const nics = mapNics(machine);
  return {
    records: [
      machineRecord(machine, nics),
      ...mapDisks(machine),
      ...nics,
      ...mapDevices(machine),
      ...mapSnapshots(machine),
      ...mapFileSystems(machine),
    ],
    owned: partKinds.flatMap(([kind, sheets]) =>
      sheets.every((sheet) => machine.has(sheet)) ? kind : [],
    ),
    omissions: machine.remarks.omissions,
  };
}
