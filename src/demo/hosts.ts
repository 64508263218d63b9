import type { VsphereRawObject } from '../collectors/vsphere/raw.js';
import { hostSize, networkReference, networksOf } from './clusters.js';
import { estateTime } from './estate-time.js';
import { neighboursOf } from './host-neighbours.js';
import { GiB, rawObject, reference, storedName, type Body } from './inventory-value.js';
import type { Cluster, Host } from './layout.js';
import { Random } from './random.js';

type Model = readonly [vendor: string, model: string];

const models: readonly [Model, ...Model[]] = [
  ['Dell Inc.', 'PowerEdge R750'],
  ['HPE', 'ProLiant DL380 Gen10 Plus'],
  ['Lenovo', 'ThinkSystem SR650 V2'],
];

function subnetOf(host: Host): string {
  return `10.${200 + (host.cluster.site.index % 50)}.${host.cluster.index % 250}`;
}

interface Kernel {
  readonly device: string;
  readonly portGroup: string;
  readonly service: 'management' | 'vmotion';
  readonly address: string;
}

const kernels = (host: Host): readonly Kernel[] => [
  {
    device: 'vmk0',
    portGroup: 'Management Network',
    service: 'management',
    address: `${subnetOf(host)}.${host.number + 10}`,
  },
  {
    device: 'vmk1',
    portGroup: 'vMotion',
    service: 'vmotion',
    address: `${subnetOf(host)}.${host.number + 110}`,
  },
];

const virtualNicKey = (device: string): string => `key-vim.host.VirtualNic-${device}`;
const physicalNicKey = (device: string): string => `key-vim.host.PhysicalNic-${device}`;

function virtualNic(host: Host, { device, portGroup, address }: Kernel, random: Random): Body {
  return {
    device,
    key: virtualNicKey(device),
    portgroup: portGroup,
    spec: {
      ip: { dhcp: false, ipAddress: address, subnetMask: '255.255.255.0' },
      mac: `00:50:56:6${host.number % 10}:${random.hexadecimal(2)}:${random.hexadecimal(2)}`,
      portgroup: portGroup,
      mtu: portGroup === 'vMotion' ? 9000 : 1500,
      netStackInstanceKey: 'defaultTcpipStack',
    },
    port: `key-vim.host.PortGroup.Port-${device}`,
  };
}

function portGroups(cluster: Cluster): Body[] {
  const group = (name: string, vlanId: number): Body => ({
    key: `key-vim.host.PortGroup-${name}`,
    vswitch: 'key-vim.host.VirtualSwitch-vSwitch0',
    spec: { name, vlanId, vswitchName: 'vSwitch0', policy: {} },
    computedPolicy: {
      security: { allowPromiscuous: false, macChanges: false, forgedTransmits: false },
      nicTeaming: {
        policy: 'loadbalance_srcid',
        nicOrder: { activeNic: ['vmnic0'], standbyNic: ['vmnic1'] },
      },
    },
  });
  return [
    group('Management Network', 40),
    group('vMotion', 41),
    group('VM Network', 0),
    // Backup has a VLAN of its own that no other network carries.
    group('legacy-backup', 913),
    ...(cluster.isStandalone ? [group('branch-pos', 77)] : []),
  ];
}

function physicalNics(random: Random): Body[] {
  return ['vmnic0', 'vmnic1', 'vmnic2', 'vmnic3'].map((device, place) => ({
    device,
    key: physicalNicKey(device),
    pci: `0000:${place < 2 ? '19' : '5e'}:00.${place % 2}`,
    driver: place < 2 ? 'ntg3' : 'i40en',
    // A cable is out on some hosts; then there is no speed at all.
    ...(place === 1 && random.chance(0.15)
      ? {}
      : { linkSpeed: { speedMb: place < 2 ? 1000 : 25_000, duplex: true } }),
    spec: {},
    wakeOnLanSupported: place < 2,
    mac: `3c:ec:ef:${random.hexadecimal(2)}:${random.hexadecimal(2)}:0${place}`,
  }));
}

/** Cards that lead machines out over the distributed switch. */
const machineCards = ['vmnic2', 'vmnic3'];
const uplinkPort = ({ cluster, number }: Host, place: number): number =>
  10_000 + cluster.index * 100 + number * 2 + place;

function networking(host: Host, random: Random): Body {
  const { cluster } = host;
  const uplinks = ['vmnic0', 'vmnic1'];
  const groups = portGroups(cluster);
  const adapters = kernels(host).map((kernel) => virtualNic(host, kernel, random));
  return {
    'config.network.vswitch': [
      {
        name: 'vSwitch0',
        key: 'key-vim.host.VirtualSwitch-vSwitch0',
        numPorts: 2560,
        numPortsAvailable: 2540,
        mtu: 1500,
        portgroup: groups.map(({ key }) => key),
        pnic: uplinks.map(physicalNicKey),
        spec: {
          numPorts: 128,
          mtu: 1500,
          bridge: {
            $type: 'HostVirtualSwitchBondBridge',
            nicDevice: uplinks,
            linkDiscoveryProtocolConfig: { protocol: 'cdp', operation: 'listen' },
          },
        },
      },
    ],
    'config.network.proxySwitch': cluster.isStandalone
      ? []
      : [
          {
            dvsUuid: cluster.site.switchUuid,
            dvsName: `dvs-${cluster.site.city}`,
            key: `DvsPortset-${cluster.site.index}`,
            numPorts: 2560,
            numPortsAvailable: 2500,
            pnic: machineCards.map(physicalNicKey),
            uplinkPort: machineCards.map((_, place) => ({
              key: String(uplinkPort(host, place)),
              value: `Uplink ${place + 1}`,
            })),
            spec: {
              backing: {
                $type: 'DistributedVirtualSwitchHostMemberPnicBacking',
                pnicSpec: machineCards.map((pnicDevice, place) => ({
                  pnicDevice,
                  uplinkPortKey: String(uplinkPort(host, place)),
                })),
              },
            },
          },
        ],
    'config.network.portgroup': groups,
    'config.network.pnic': physicalNics(random),
    'config.network.vnic': adapters,
    'config.virtualNicManagerInfo.netConfig': kernels(host).map(({ device, service }) => ({
      nicType: service,
      multiSelectAllowed: true,
      candidateVnic: adapters,
      selectedVnic: [virtualNicKey(device)],
    })),
  };
}

function hardware(random: Random): Body {
  const [vendor, model] = random.pick(models);
  const uuid = random.uuid();
  const serialNumber = random.hexadecimal(7).toUpperCase();
  return {
    'summary.hardware': {
      vendor,
      model,
      uuid,
      memorySize: hostSize.memoryGiB * GiB,
      cpuModel: 'Intel(R) Xeon(R) Gold 6346 CPU @ 3.10GHz',
      cpuMhz: hostSize.mhz,
      numCpuPkgs: hostSize.sockets,
      numCpuCores: hostSize.cores,
      numCpuThreads: hostSize.threads,
      numNics: 4,
      numHBAs: 2,
    },
    'hardware.systemInfo': { vendor, model, uuid, serialNumber },
    'hardware.biosInfo': { biosVersion: '1.12.1', vendor },
  };
}

function storage(host: Host, random: Random): Body {
  const volumes = host.cluster.datastores.filter(({ type }) => type === 'VMFS');
  return {
    'config.storageDevice.hostBusAdapter': [
      {
        $type: 'HostBlockHba',
        key: 'key-vim.host.BlockHba-vmhba0',
        device: 'vmhba0',
        bus: 0,
        status: 'unknown',
        model: 'SATA AHCI',
        driver: 'vmw_ahci',
        pci: '0000:00:11.5',
      },
      {
        $type: 'HostFibreChannelHba',
        key: 'key-vim.host.FibreChannelHba-vmhba2',
        device: 'vmhba2',
        bus: 59,
        status: 'online',
        model: 'QLogic 2772 32Gb FC',
        driver: 'qlnativefc',
        pci: '0000:af:00.0',
        portWorldWideName: 2_306_128_920_000 + host.number,
        nodeWorldWideName: 2_306_128_910_000 + host.number,
        portType: 'unknown',
        speed: 32,
      },
    ],
    'config.storageDevice.scsiLun': volumes.map((volume, place) => ({
      $type: 'HostScsiDisk',
      deviceName: `/vmfs/devices/disks/naa.${volume.number}`,
      deviceType: 'disk',
      key: `key-vim.host.ScsiDisk-${place}`,
      uuid: new Random(5, volume.number).hexadecimal(24),
      canonicalName: `naa.6006016${new Random(4, 'lun', volume.number).hexadecimal(25)}`,
      lunType: 'disk',
      operationalState: ['ok'],
      capacity: { blockSize: 512, block: volume.capacityGiB * 2 * 1024 * 1024 },
      devicePath: `/vmfs/devices/disks/naa.${volume.number}`,
    })),
    'config.pciPassthruInfo':
      host.cluster.profile === 'gpu' || random.chance(0.1)
        ? [
            {
              $type: 'HostSriovInfo',
              id: '0000:5e:00.1',
              dependentDevice: '0000:5e:00.1',
              passthruEnabled: false,
              passthruCapable: true,
              passthruActive: false,
              sriovEnabled: true,
              sriovCapable: true,
              sriovActive: true,
              numVirtualFunctionRequested: 16,
              numVirtualFunction: 16,
              maxVirtualFunctionSupported: 64,
            },
          ]
        : [],
  };
}

function related(host: Host): Body {
  const { cluster } = host;
  const own = cluster.datastores.filter(({ isShared }) => isShared || host.number === 1);
  const networks = networksOf(cluster);
  const standard = networks.filter(({ variant }) => variant === 'standard');
  return {
    datastore: [...own, ...cluster.site.datastores].map(({ id }) => reference('Datastore', id)),
    network: networks.map(networkReference),
    $networks: Object.fromEntries(standard.map(({ name, id }) => [name, id])),
    $networkHints: neighboursOf(host),
    $switches: cluster.isStandalone ? {} : { [cluster.site.switchUuid]: cluster.site.switchId },
  };
}

/** A host as the vSphere collector would read it. */
export function hostObject(host: Host, seed: number): VsphereRawObject {
  const random = new Random(seed, 'host', host.id);
  const { cluster } = host;
  const inMaintenance = cluster.profile === 'dev' && host.number === 3;
  return rawObject('HostSystem', host.id, {
    name: storedName(host.name),
    parent: reference(
      cluster.isStandalone ? 'ComputeResource' : 'ClusterComputeResource',
      cluster.id,
    ),
    overallStatus: inMaintenance ? 'yellow' : 'green',
    'runtime.connectionState': 'connected',
    'runtime.powerState': 'poweredOn',
    'runtime.inMaintenanceMode': inMaintenance,
    'runtime.bootTime': estateTime(random.integer(2, 500)),
    'summary.managementServerIp': '10.0.0.20',
    'summary.config.sslThumbprint': (random.hexadecimal(40).toUpperCase().match(/../gu) ?? []).join(
      ':',
    ),
    'summary.quickStats': {
      overallCpuUsage: random.integer(2000, 60_000),
      overallMemoryUsage: random.integer(100_000, 700_000),
      uptime: random.integer(100_000, 40_000_000),
    },
    ...hardware(random),
    'capability.vmotionSupported': true,
    'capability.storageVMotionSupported': true,
    'config.product': {
      name: 'VMware ESXi',
      fullName: 'VMware ESXi 7.0.3 build-21424296',
      vendor: 'VMware, Inc.',
      version: '7.0.3',
      build: '21424296',
      osType: 'vmnix-x86',
      productLineId: 'embeddedEsx',
      apiType: 'HostAgent',
      apiVersion: '7.0.3.0',
    },
    'config.dateTimeInfo': {
      timeZone: { key: 'UTC', name: 'UTC', description: 'UTC', gmtOffset: 0 },
      ntpConfig: { server: ['ntp1.example.com', 'ntp2.example.com'] },
    },
    ...networking(host, random),
    ...storage(host, random),
    ...related(host),
  });
}
