import { poolPath } from './machine-sheets.js';
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

const hostSheet: SheetPlan = {
  sheet: 'vHost',
  kinds: ['Host'],
  columns: {
    ...ofHost(''),
    ...ofVCenter,
    'Config status': 'overallStatus',
    'in Maintenance Mode': 'inMaintenanceMode',
    'CPU Model': 'cpuModel',
    Speed: 'cpuMHz',
    '# CPU': 'cpuSockets',
    'Cores per CPU': made(['cpuCores', 'cpuSockets'], (row) => {
      const [cores, sockets] = [row.number('cpuCores'), row.number('cpuSockets')];
      return cores === undefined || sockets === undefined || sockets === 0
        ? undefined
        : cores / sockets;
    }),
    '# Cores': 'cpuCores',
    'CPU usage %': made(['cpuUsageMHz', 'cpuMHz', 'cpuCores'], (row) => {
      const [used, clock, cores] = ['cpuUsageMHz', 'cpuMHz', 'cpuCores'].map((path) =>
        row.number(path),
      );
      const whole = (clock ?? 0) * (cores ?? 0);
      return used === undefined || whole === 0 ? undefined : Math.round((100 * used) / whole);
    }),
    '# Memory': mebibytes('memoryBytes'),
    'Memory usage %': made(['memoryUsageMB', 'memoryBytes'], (row) => {
      const [used, whole] = [row.number('memoryUsageMB'), row.mebibytes('memoryBytes')];
      return used === undefined || whole === undefined || whole === 0
        ? undefined
        : Math.round((100 * used) / whole);
    }),
    'VMotion support': 'vmotionSupported',
    'Storage VMotion support': 'storageVMotionSupported',
    'ESX Version': made(['productName', 'productVersion', 'productBuild'], (row) => {
      const [name, version, build] = ['productName', 'productVersion', 'productBuild'].map((path) =>
        row.text(path),
      );
      if (name === undefined || version === undefined) return name;
      return `${name} ${version}${build === undefined ? '' : ` build-${build}`}`;
    }),
    'Boot time': moment('bootedAt'),
    'NTP Server(s)': joined('ntpServers'),
    'Time Zone Name': 'timezone',
    Vendor: 'vendor',
    Model: 'model',
    'Serial number': 'serialNumber',
    'BIOS Version': 'biosVersion',
    'Object ID': objectId('id'),
    UUID: 'uuid',
  },
};

const hbaSheet: SheetPlan = {
  sheet: 'vHBA',
  kinds: ['Host'],
  columns: { ...ofHost(''), ...ofVCenter },
  spread: {
    paths: ['hbas'],
    rows: (row) =>
      row.list('hbas').map((line) => {
        const [Device = '', Type = '', WWN = ''] = line.split(' ');
        return { Device, Type, WWN };
      }),
  },
};

const multiPathSheet: SheetPlan = {
  sheet: 'vMultiPath',
  kinds: ['Host'],
  columns: { ...ofHost(''), ...ofVCenter },
  spread: {
    paths: ['scsiLuns'],
    rows: (row) => row.list('scsiLuns').map((Disk) => ({ Disk })),
  },
};

const firstSwitch = 'switches.name';

const hostNetworking: readonly SheetPlan[] = [
  {
    sheet: 'vNIC',
    kinds: ['PhysicalNic'],
    columns: {
      ...ofHost('host.'),
      ...ofVCenter,
      'Network Device': 'device',
      Driver: 'driver',
      Speed: made(['linkUp', 'linkSpeedMbps'], (row) =>
        row.value('linkUp') === false ? 0 : row.number('linkSpeedMbps'),
      ),
      Duplex: 'duplex',
      MAC: 'mac',
      Switch: firstSwitch,
      PCI: 'pciAddress',
    },
  },
  {
    sheet: 'vSwitch',
    kinds: ['Switch'],
    only: { path: ['variant'], value: 'standard' },
    columns: {
      ...ofHost('host.'),
      ...ofVCenter,
      Switch: 'name',
      '# Ports': 'portCount',
      MTU: 'mtu',
    },
  },
  {
    sheet: 'vPort',
    kinds: ['PortGroup'],
    columns: {
      ...ofHost('host.'),
      ...ofVCenter,
      'Port Group': 'name',
      Switch: 'switch.name',
      VLAN: 'vlanId',
      'Promiscuous Mode': 'promiscuous',
      'Mac Changes': 'macChanges',
      'Forged Transmits': 'forgedTransmits',
      Policy: 'teamingPolicy',
    },
  },
];

const vlan: PlannedColumn = made(['vlanType', 'vlanId', 'trunkRanges'], (row) => {
  switch (row.text('vlanType')) {
    case 'none':
      return 0;
    case 'trunk':
      return row.list('trunkRanges').join(', ');
    default:
      return row.number('vlanId');
  }
});

/** A switch stands in a folder of its datacenter, or right below it. */
const switchDatacenter: PlannedColumn = made(['parent.path', 'parent.name', 'parent.id'], (row) =>
  datacenterOf(row, 'parent.path', 'parent.name', 'parent.id'),
);

const distributedNetworking: readonly SheetPlan[] = [
  {
    sheet: 'dvSwitch',
    kinds: ['Switch'],
    only: { path: ['variant'], value: 'distributed' },
    columns: {
      ...ofVCenter,
      Switch: 'name',
      Datacenter: switchDatacenter,
      Name: 'name',
      Version: 'version',
      'Host members': joined('hosts.name'),
      '# Ports': 'portCount',
      'CDP Type': 'discoveryProtocol',
      'CDP Operation': 'discoveryOperation',
      'Max MTU': 'mtu',
      'Object ID': objectId('id'),
    },
  },
  {
    sheet: 'dvPort',
    kinds: ['Network'],
    only: { path: ['variant'], value: 'distributedPortGroup' },
    columns: {
      ...ofVCenter,
      Port: 'name',
      Switch: 'switch.name',
      Type: 'portBinding',
      '# Ports': 'portCount',
      VLAN: vlan,
      'Allow Promiscuous': 'promiscuous',
      'Mac Changes': 'macChanges',
      'Forged Transmits': 'forgedTransmits',
      'Active Uplink': joined('activeUplinks'),
      'Standby Uplink': joined('standbyUplinks'),
      Policy: 'teamingPolicy',
      'Object ID': objectId('id'),
    },
  },
  {
    sheet: 'vSC_VMK',
    kinds: ['VmkernelAdapter'],
    columns: {
      ...ofHost('host.'),
      ...ofVCenter,
      'Port Group': 'portGroupName',
      Device: 'device',
      'Mac Address': 'mac',
      DHCP: 'dhcpEnabled',
      'IP Address': 'ipAddress',
      'Subnet mask': 'subnetMask',
      MTU: 'mtu',
    },
  },
];

const isCluster = (kind: string): boolean => kind === 'DatastoreCluster';

const datastoreSheet: SheetPlan = {
  sheet: 'vDatastore',
  kinds: ['Datastore'],
  columns: {
    ...ofVCenter,
    Name: 'name',
    Address: made(['nasHost', 'nasPath'], (row) => {
      const [host, path] = [row.text('nasHost'), row.text('nasPath')];
      return host === undefined || path === undefined ? undefined : `${host}:${path}`;
    }),
    Accessible: 'accessible',
    Type: 'type',
    'Capacity MiB': mebibytes('capacityBytes'),
    'Provisioned MiB': made(['capacityBytes', 'freeBytes', 'uncommittedBytes'], (row) => {
      const [whole, free, more] = ['capacityBytes', 'freeBytes', 'uncommittedBytes'].map((path) =>
        row.mebibytes(path),
      );
      return whole === undefined || free === undefined || more === undefined
        ? undefined
        : whole - free + more;
    }),
    'In Use MiB': made(['capacityBytes', 'freeBytes'], (row) => {
      const [whole, free] = [row.mebibytes('capacityBytes'), row.mebibytes('freeBytes')];
      return whole === undefined || free === undefined ? undefined : whole - free;
    }),
    'Free MiB': mebibytes('freeBytes'),
    'SIOC enabled': 'ioControlEnabled',
    'SIOC Threshold': 'ioControlThresholdMs',
    '# Hosts': made(['hosts.name'], (row) => row.list('hosts.name').length),
    Hosts: joined('hosts.name'),
    'Cluster name': made(['parent.id', 'parent.name'], (row) =>
      isCluster(row.kind('parent.id')) ? row.text('parent.name') : undefined,
    ),
    'Cluster capacity MiB': made(['parent.id', 'parent.capacityBytes'], (row) =>
      isCluster(row.kind('parent.id')) ? row.mebibytes('parent.capacityBytes') : undefined,
    ),
    'Cluster free space MiB': made(['parent.id', 'parent.freeBytes'], (row) =>
      isCluster(row.kind('parent.id')) ? row.mebibytes('parent.freeBytes') : undefined,
    ),
    '# Extents': made(['extents'], (row) => row.list('extents').length),
    Version: 'vmfsVersion',
    MHA: 'multipleHostAccess',
    URL: 'url',
    'Object ID': objectId('id'),
  },
};

const clusterSheet: SheetPlan = {
  sheet: 'vCluster',
  kinds: ['Cluster'],
  only: { path: ['variant'], value: 'cluster' },
  columns: {
    ...ofVCenter,
    Name: 'name',
    OverallStatus: 'overallStatus',
    NumHosts: 'hostCount',
    TotalCpu: 'cpuTotalMHz',
    NumCpuCores: 'cpuCores',
    TotalMemory: mebibytes('memoryTotalBytes'),
    'HA enabled': 'haEnabled',
    AdmissionControlEnabled: 'admissionControlEnabled',
    'Host monitoring': 'haHostMonitoring',
    'DRS enabled': 'drsEnabled',
    'DRS default VM behavior': 'drsBehavior',
    'DPM enabled': 'dpmEnabled',
    'DPM default behavior': 'dpmBehavior',
    'Object ID': objectId('id'),
  },
};

const poolSheet: SheetPlan = {
  sheet: 'vRP',
  kinds: ['ResourcePool'],
  columns: {
    ...ofVCenter,
    'Resource Pool name': 'name',
    'Resource Pool path': poolPath(''),
    'CPU limit': ceiling('cpuLimitMHz'),
    'CPU reservation': 'cpuReservationMHz',
    'CPU shares': 'cpuShares',
    'Mem limit': ceiling('memoryLimitMB'),
    'Mem reservation': 'memoryReservationMB',
    'Mem shares': 'memoryShares',
    'Object ID': objectId('id'),
  },
};

/** The sheets about everything that machines run on. */
export const placeSheets: readonly SheetPlan[] = [
  poolSheet,
  clusterSheet,
  hostSheet,
  hbaSheet,
  ...hostNetworking,
  ...distributedNetworking,
  datastoreSheet,
  multiPathSheet,
];
