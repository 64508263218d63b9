import { GiB, type Body } from './inventory-value.js';
import type { Network } from './layout.js';
import type { DiskDraft, MachineDraft, NicDraft } from './machine-draft.js';
import { Random } from './random.js';
import { placeOnBus } from './bus-place.js';

const described = (label: string, summary: string): Body => ({
  $type: 'Description',
  label,
  summary,
});

const firstControllerKey = 1000;

function controllers(machine: MachineDraft): Body[] {
  const buses = machine.disks.length === 0 ? 1 : placeOnBus(machine.disks.length - 1).bus + 1;
  const old = machine.system.guestId === 'centos6_64Guest';
  const scsi = Array.from({ length: buses }, (_, bus): Body => ({
    $type: old ? 'VirtualLsiLogicController' : 'ParaVirtualSCSIController',
    key: firstControllerKey + bus,
    deviceInfo: described(`SCSI controller ${bus}`, old ? 'LSI Logic' : 'VMware paravirtual SCSI'),
    controllerKey: 100,
    unitNumber: 3 + bus,
    busNumber: bus,
    sharedBus: bus === 0 ? machine.busSharing : 'noSharing',
    scsiCtlrUnitNumber: 7,
  }));
  return [
    {
      $type: 'VirtualIDEController',
      key: 200,
      deviceInfo: described('IDE 0', 'IDE 0'),
      busNumber: 0,
    },
    {
      $type: 'VirtualPCIController',
      key: 100,
      deviceInfo: described('PCI controller 0', 'PCI controller 0'),
      busNumber: 0,
    },
    ...scsi,
    {
      $type: 'VirtualMachineVideoCard',
      key: 500,
      deviceInfo: described('Video card ', 'Video card'),
      controllerKey: 100,
      unitNumber: 0,
      videoRamSizeInKB: 8192,
    },
    {
      $type: 'VirtualCdrom',
      key: 3000,
      deviceInfo: described('CD/DVD drive 1', 'Remote device'),
      backing: {
        $type: 'VirtualCdromRemotePassthroughBackingInfo',
        deviceName: '',
        exclusive: false,
      },
      connectable: { startConnected: false, connected: false, allowGuestControl: true },
      controllerKey: 200,
      unitNumber: 0,
    },
  ];
}

function diskUuid(machine: MachineDraft, file: string): string {
  // A shared disk has one serial number, whichever machine one asks.
  const random = new Random(0, 'disk', file, machine.site.index);
  return `6000C29${random.hexadecimal(1)}-${random.hexadecimal(4)}-${random.hexadecimal(4)}-${random.hexadecimal(4)}-${random.hexadecimal(12)}`;
}

function diskBacking(machine: MachineDraft, disk: DiskDraft): Body {
  const common = {
    fileName: disk.file,
    datastore:
      disk.datastore === undefined ? undefined : { type: 'Datastore', value: disk.datastore.id },
    diskMode: disk.mode,
    uuid: diskUuid(machine, disk.file),
    sharing: disk.sharing,
  };
  const backing: Body =
    disk.rawDevice === undefined
      ? {
          $type: 'VirtualDiskFlatVer2BackingInfo',
          ...common,
          thinProvisioned: disk.thin,
          eagerlyScrub: disk.sharing === 'sharingMultiWriter',
          writeThrough: false,
        }
      : {
          $type: 'VirtualDiskRawDiskMappingVer1BackingInfo',
          ...common,
          lunUuid: `0200${new Random(1, disk.file).hexadecimal(32)}`,
          deviceName: `vml.0200${new Random(2, disk.file).hexadecimal(24)}`,
          compatibilityMode: disk.rawDevice,
        };
  return Object.fromEntries(Object.entries(backing).filter(([, value]) => value !== undefined));
}

function diskDevice(machine: MachineDraft, disk: DiskDraft, place: number): Body {
  const { bus, unit } = placeOnBus(place);
  const kilobytes = disk.capacityGiB * 1024 * 1024;
  return {
    $type: 'VirtualDisk',
    key: disk.key,
    deviceInfo: described(`Hard disk ${place + 1}`, `${kilobytes.toLocaleString('en-US')} KB`),
    backing: diskBacking(machine, disk),
    controllerKey: firstControllerKey + bus,
    unitNumber: unit,
    capacityInKB: kilobytes,
    capacityInBytes: disk.capacityGiB * GiB,
  };
}

function nicBacking(network: Network, switchUuid: string, key: number): Body {
  switch (network.variant) {
    case 'distributed':
      return {
        $type: 'VirtualEthernetCardDistributedVirtualPortBackingInfo',
        port: { switchUuid, portgroupKey: network.id, portKey: String(key % 4096) },
      };
    case 'opaque':
      return {
        $type: 'VirtualEthernetCardOpaqueNetworkBackingInfo',
        opaqueNetworkId: opaqueId(network),
        opaqueNetworkType: 'nsx.LogicalSwitch',
      };
    case 'standard':
      return {
        $type: 'VirtualEthernetCardNetworkBackingInfo',
        deviceName: network.name,
        network: { type: 'Network', value: network.id },
        useAutoDetect: false,
      };
  }
}

/** Id that NSX gives the segment behind an opaque network. */
export const opaqueId = (network: Network): string => new Random(3, 'segment', network.id).uuid();

function sriovBacking(machine: MachineDraft): Body {
  return {
    physicalFunctionBacking: {
      id: '0000:5e:00.1',
      deviceId: '158b',
      systemId: machine.host.id,
      vendorId: -32_634,
      deviceName: 'Intel XXV710 25GbE',
    },
  };
}

function nicDevice(machine: MachineDraft, nic: NicDraft, place: number): Body {
  const isOn = machine.powerState === 'poweredOn';
  const old = machine.system.guestId === 'centos6_64Guest';
  return {
    $type: nic.sriov ? 'VirtualSriovEthernetCard' : old ? 'VirtualE1000' : 'VirtualVmxnet3',
    key: nic.key,
    deviceInfo: described(`Network adapter ${place + 1}`, nic.network.name),
    backing: nicBacking(nic.network, machine.site.switchUuid, machine.index * 4 + place),
    connectable: {
      startConnected: true,
      connected: isOn,
      allowGuestControl: true,
      status: isOn ? 'ok' : 'untried',
    },
    controllerKey: 100,
    unitNumber: 7 + place,
    macAddress: nic.mac,
    addressType: 'assigned',
    wakeOnLanEnabled: true,
    ...(nic.sriov ? { sriovBacking: sriovBacking(machine), allowGuestOSMtuChange: false } : {}),
  };
}

/** All devices of a machine, in the order of vCenter: controllers, what is odd, adapters, disks. */
export const devicesOf = (machine: MachineDraft): Body[] => [
  ...controllers(machine),
  ...machine.devices.filter(
    // Two peculiarities may have brought the same device.
    (device, place, all) => all.findIndex(({ key }) => key === device.key) === place,
  ),
  ...machine.nics.map((nic, place) => nicDevice(machine, nic, place)),
  ...machine.disks.map((disk, place) => diskDevice(machine, disk, place)),
];
