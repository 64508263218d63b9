import { encodedName } from '../../collectors/vsphere/inventory-name.js';
import {
  ceiling,
  datacenterOf,
  joined,
  made,
  mebibytes,
  moment,
  objectId,
  ofHost,
  ofVCenter,
  type PlannedColumn,
  type SheetPlan,
} from './sheet-plan.js';

type Columns = Readonly<Record<string, PlannedColumn>>;

/** Folder of a machine: its inventory path without its own name. */
const folderOf = (path: string | undefined, name: string | undefined): string | undefined => {
  if (path === undefined || name === undefined) return undefined;
  const folder = path.endsWith(`/${name}`) ? path.slice(0, -name.length - 1) : undefined;
  return folder === undefined ? undefined : `/${folder}`;
};

/** Columns that all sheets about machines share, with the way to the machine in front. */
const ofMachine = (to: string): Columns => {
  const [path, name, host, id] = [`${to}path`, `${to}name`, `${to}host.`, `${to}id`];
  const { Host, Cluster } = ofHost(host);
  const places = [`${host}cluster.path`, `${host}cluster.parent.name`, `${host}cluster.parent.id`];
  const [clusterPath = '', parent = '', parentId = ''] = places;
  return {
    VM: made([name], (row) => encodedName(row.text(name) ?? '')),
    Powerstate: `${to}powerState`,
    Template: made([id], (row) => row.kind(id) === 'Template'),
    Annotation: `${to}annotation`,
    Datacenter: made([path, ...places], (row) =>
      row.text(path) === undefined
        ? datacenterOf(row, clusterPath, parent, parentId)
        : row.text(path)?.split('/')[0],
    ),
    ...(Cluster === undefined ? {} : { Cluster }),
    ...(Host === undefined ? {} : { Host }),
    Folder: made([path, name], (row) => folderOf(row.text(path), row.text(name))),
    'OS according to the configuration file': `${to}guestName`,
    'OS according to the VMware Tools': `${to}guestNameFromTools`,
    'VM ID': objectId(id),
    'VM UUID': `${to}instanceUuid`,
    ...ofVCenter,
  };
};

/** Names of pools from the machine upwards; deeper ones are cut off. */
export const poolNames = (to: string): readonly string[] =>
  Array.from({ length: 6 }, (_, depth) => `${to}${'parent.'.repeat(depth)}name`);

/** Path of a pool below its cluster, by which machines name it. */
export const poolPath = (to: string): PlannedColumn =>
  made([`${to}cluster.path`, `${to}cluster.name`, ...poolNames(to)], (row) => {
    const names = poolNames(to).flatMap((path) => row.text(path) ?? []);
    const cluster = row.text(`${to}cluster.path`) ?? row.text(`${to}cluster.name`);
    return names.length === 0 ? undefined : ['', cluster ?? '', ...names.toReversed()].join('/');
  });

const networks: Columns = Object.fromEntries(
  Array.from({ length: 8 }, (_, place) => [
    `Network #${place + 1}`,
    made(['networks.name'], (row) => row.list('networks.name')[place]),
  ]),
);

const provisioned = made(['committedBytes', 'uncommittedBytes'], (row) => {
  const committed = row.mebibytes('committedBytes');
  const uncommitted = row.mebibytes('uncommittedBytes');
  return committed === undefined || uncommitted === undefined ? undefined : committed + uncommitted;
});

const machines = ['VirtualMachine', 'Template'] as const;

const info: SheetPlan = {
  sheet: 'vInfo',
  kinds: machines,
  columns: {
    ...ofMachine(''),
    ...networks,
    'Config status': 'overallStatus',
    'DNS Name': 'hostName',
    'Connection state': 'connectionState',
    'Guest state': 'guestState',
    'Consolidation Needed': 'consolidationNeeded',
    PowerOn: moment('bootedAt'),
    'Creation date': moment('createdAt'),
    'Change Version': 'changeVersion',
    CPUs: 'cpuCount',
    Memory: 'memoryMB',
    'Active Memory': 'memoryUsageMB',
    NICs: 'nicCount',
    Disks: 'diskCount',
    'Total disk capacity MiB': mebibytes('diskCapacityBytes'),
    EnableUUID: 'diskEnableUuid',
    CBT: 'changeTrackingEnabled',
    'Primary IP Address': 'ipAddress',
    'Resource pool': poolPath('resourcePool.'),
    'FT State': made(['faultToleranceEnabled'], (row) => {
      const enabled = row.value('faultToleranceEnabled');
      return enabled === null ? undefined : enabled === true ? 'enabled' : 'notConfigured';
    }),
    'Provisioned MiB': provisioned,
    'In Use MiB': mebibytes('committedBytes'),
    'Unshared MiB': mebibytes('unsharedBytes'),
    'EFI Secure boot': 'secureBoot',
    Firmware: 'firmware',
    'HW version': made(['hardwareVersion'], (row) => {
      const version = row.text('hardwareVersion');
      const number = /^vmx-(\d+)$/u.exec(version ?? '')?.[1];
      // A number would lose the zero of vmx-09.
      return number?.startsWith('0') === false ? Number(number) : version;
    }),
    Path: 'vmPathName',
    'SMBIOS UUID': 'uuid',
  },
};

const sheetOfMachine = (sheet: SheetPlan['sheet'], columns: Columns): SheetPlan => ({
  sheet,
  kinds: machines,
  columns: { ...ofMachine(''), ...columns },
});

const sheetOfPart = (
  sheet: SheetPlan['sheet'],
  kind: 'Disk' | 'Nic' | 'Device' | 'Snapshot' | 'FileSystem',
  columns: Columns,
): SheetPlan => ({ sheet, kinds: [kind], columns: { ...ofMachine('machine.'), ...columns } });

const sockets = made(['cpuCount', 'coresPerSocket'], (row) => {
  const [cpus, cores] = [row.number('cpuCount'), row.number('coresPerSocket')];
  return cpus === undefined || cores === undefined || cores === 0 ? undefined : cpus / cores;
});

const controller = made(['bus', 'controllerBusNumber'], (row) => {
  const bus = row.text('bus');
  if (bus === undefined || bus === 'unknown') return undefined;
  return `${bus.toUpperCase()} controller ${row.text('controllerBusNumber') ?? ''}`.trim();
});

const addresses = (isWanted: (address: string) => boolean): PlannedColumn =>
  made(['ipAddresses'], (row) => row.list('ipAddresses').filter(isWanted).join(', '));

const isIpv6 = (address: string): boolean => address.includes(':');

const device = (sheet: 'vCD' | 'vUSB', deviceClass: string, columns: Columns): SheetPlan => ({
  ...sheetOfPart(sheet, 'Device', {
    'Device Node': 'name',
    'Device Type': 'summary',
    Connected: 'connected',
    ...columns,
  }),
  only: { path: ['deviceClass'], value: deviceClass },
});

/** The sheets about machines and their parts. */
export const machineSheets: readonly SheetPlan[] = [
  info,
  sheetOfMachine('vCPU', {
    CPUs: 'cpuCount',
    Sockets: sockets,
    'Cores p/s': 'coresPerSocket',
    Overall: 'cpuUsageMHz',
    Shares: 'cpuShares',
    Reservation: 'cpuReservationMHz',
    Limit: ceiling('cpuLimitMHz'),
    'Hot Add': 'cpuHotAddEnabled',
    'Hot Remove': 'cpuHotRemoveEnabled',
  }),
  sheetOfMachine('vMemory', {
    'Size MiB': 'memoryMB',
    Consumed: 'hostMemoryUsageMB',
    Ballooned: 'balloonedMemoryMB',
    Active: 'memoryUsageMB',
    Reservation: 'memoryReservationMB',
    Limit: ceiling('memoryLimitMB'),
    'Hot Add': 'memoryHotAddEnabled',
  }),
  sheetOfPart('vDisk', 'Disk', {
    Disk: 'name',
    'Disk Key': 'key',
    'Disk UUID': 'serial',
    'Disk Path': 'file',
    'Capacity MiB': mebibytes('capacityBytes'),
    Raw: 'rdm',
    'Disk Mode': 'mode',
    'Sharing mode': 'sharing',
    Thin: 'thinProvisioned',
    'Eagerly Scrub': 'eagerlyScrub',
    'Write Through': 'writeThrough',
    Controller: controller,
    Label: 'name',
    'Unit #': 'unitNumber',
    'Shared Bus': 'controllerSharing',
    Path: 'file',
    'Raw LUN ID': 'lunUuid',
    'Raw Comp. Mode': 'rdmCompatibility',
  }),
  sheetOfPart('vPartition', 'FileSystem', {
    'Disk Key': joined('diskKeys'),
    Disk: 'path',
    'Capacity MiB': mebibytes('capacityBytes'),
    'Consumed MiB': made(['capacityBytes', 'freeBytes'], (row) => {
      const [whole, free] = [row.mebibytes('capacityBytes'), row.mebibytes('freeBytes')];
      return whole === undefined || free === undefined ? undefined : whole - free;
    }),
    'Free MiB': mebibytes('freeBytes'),
    'Free %': made(['capacityBytes', 'freeBytes'], (row) => {
      const [whole, free] = [row.number('capacityBytes'), row.number('freeBytes')];
      return whole === undefined || free === undefined || whole === 0
        ? undefined
        : Math.round((100 * free) / whole);
    }),
  }),
  sheetOfPart('vNetwork', 'Nic', {
    'NIC label': 'name',
    Adapter: 'model',
    Network: made(
      ['network.name', 'networkName'],
      (row) => row.text('network.name') ?? row.text('networkName'),
    ),
    Switch: 'network.switch.name',
    Connected: 'connected',
    'Starts Connected': 'startConnected',
    'Mac Address': 'mac',
    Type: 'macType',
    'IPv4 Address': addresses((address) => !isIpv6(address)),
    'IPv6 Address': addresses(isIpv6),
    'Direct Path IO': 'uptCompatibilityEnabled',
    'Internal Sort Column': 'order',
  }),
  device('vCD', 'cdrom', { 'Starts Connected': 'startConnected' }),
  device('vUSB', 'usb', { 'Bus number': 'busNumber' }),
  sheetOfPart('vSnapshot', 'Snapshot', {
    Name: 'name',
    Description: 'description',
    'Date / time': moment('createdAt'),
    'Size MiB (total)': mebibytes('sizeBytes'),
    Quiesced: 'quiesced',
    State: 'powerState',
  }),
  sheetOfMachine('vTools', {
    'VM Version': 'hardwareVersion',
    Tools: 'toolsStatus',
    'Tools Version': 'toolsVersion',
    'Sync time': 'timeSyncWithHost',
  }),
];
