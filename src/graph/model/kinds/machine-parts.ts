import { defineKind } from '../kind.js';
import { flag, integer, moment, text, textList } from '../property.js';
import { portEdges, portProperties } from './cloud-networking.js';

export const disk = defineKind({
  label: 'Disk',
  doc: 'A virtual disk of one machine. A file that two machines use is two disks, both shared.',
  keeper: 'collector',
  properties: {
    key: integer('Device key in the machine.'),
    file: text('Backing file, for instance `[datastore] vm/vm.vmdk`.', { indexed: true }),
    capacityBytes: integer('Provisioned size.', { unit: 'B', indexed: true }),
    allocatedBytes: integer('Size in use, where the source knows.', { unit: 'B' }),
    bus: text('Bus it hangs on.', {
      values: ['scsi', 'sata', 'ide', 'nvme', 'usb', 'virtio', 'unknown'],
    }),
    sourceBus: text("Bus in the source's own word; absent where the source leaves it open."),
    controllerKey: integer('Device key of its controller.'),
    controllerType: text("Controller class in the source's words."),
    controllerBusNumber: integer('Number of the controller on its bus.'),
    unitNumber: integer('Place on the controller.'),
    mode: text('persistent, independent_persistent, independent_nonpersistent, …'),
    thinProvisioned: flag('Space is taken as it is written.'),
    eagerlyScrub: flag('Space was zeroed in advance.'),
    sharing: text('sharingNone or sharingMultiWriter, as configured.'),
    controllerSharing: text('noSharing, virtualSharing or physicalSharing of its controller.'),
    shared: flag('Another machine uses the same backing file.', {
      derived: true,
      initial: false,
      indexed: true,
    }),
    rdm: flag('A raw device mapping.', { indexed: true }),
    rdmCompatibility: text('virtualMode or physicalMode of a raw device mapping.'),
    lunUuid: text('LUN behind a raw device mapping.', { indexed: true }),
    deviceName: text('Name of the raw device.'),
    parentFile: text('Backing file of the parent where it is a snapshot delta.'),
    changeTrackingEnabled: flag('Changed block tracking is on for this disk.'),
    changeId: text('Change id of its last snapshot.'),
    serial: text('Serial number shown to the guest (UUID of the backing).'),
    winDriveLetter: text('Windows drive letter, where the guest agent maps it.'),
    encrypted: flag('The backing is encrypted.'),
    bootable: flag('The machine can boot from it.'),
    status: text("State of the backing in the source's word, for instance in-use."),
    attachmentCount: integer('Attachments of the backing, this one included.', { unit: 'count' }),
    vvolId: text('Id of a virtual volume.'),
    writeThrough: flag('Writes bypass the cache.'),
  },
  edges: {
    // (:VirtualMachine|Template)-[:HAS_DISK]->(:Disk)
    machine: {
      type: 'HAS_DISK',
      direction: 'in',
      to: ['VirtualMachine', 'Template'],
      cardinality: 'one',
      inverse: 'disks',
      inverseCardinality: 'many',
      doc: 'The machine it belongs to.',
    },
    // (:Disk)-[:ON_DATASTORE]->(:Datastore)
    datastore: {
      type: 'ON_DATASTORE',
      direction: 'out',
      to: ['Datastore', 'StorageClass'],
      cardinality: 'one',
      inverse: 'disks',
      inverseCardinality: 'many',
      doc: 'Where its backing lies.',
    },
  },
});

export const nic = defineKind({
  label: 'Nic',
  doc: 'A virtual network adapter of one machine.',
  keeper: 'collector',
  properties: {
    key: integer('Device key in the machine.'),
    order: integer('Place among the adapters, as the guest counts them.'),
    mac: text('MAC address, lower case.', { indexed: true, fullText: true }),
    macType: text('generated, assigned or manual.'),
    model: text('Adapter model.', {
      values: [
        'vmxnet3',
        'vmxnet2',
        'vmxnet',
        'e1000',
        'e1000e',
        'pcnet32',
        'sriov',
        'virtio',
        'rtl8139',
        'vrdma',
        'ne2k_pci',
        'unknown',
      ],
    }),
    sourceModel: text("Adapter model in the source's own word."),
    connected: flag('The link is up.'),
    startConnected: flag('The link comes up at power-on.'),
    pciAddress: text('PCI address in the guest, where known.'),
    pciSlotNumber: integer(
      'Number of its PCI slot in vSphere; Linux guests name the interface after it, for instance ens192.',
    ),
    ipAddresses: textList('Addresses the guest agent reports on it.', { fullText: true }),
    networkName: text('Network as configured, also where it is not in the inventory.'),
    portKey: text('Port of a distributed switch.'),
    uptCompatibilityEnabled: flag('Direct path I/O is allowed.'),
    physicalFunction: text('PCI address of the physical function of an SR-IOV adapter.'),
    reservationMbps: integer('Bandwidth reserved for it.', { unit: 'Mbit/s' }),
    limitMbps: integer('Bandwidth it may use at most; absent where unlimited.', { unit: 'Mbit/s' }),
    ...portProperties,
  },
  edges: {
    // (:VirtualMachine|Template)-[:HAS_NIC]->(:Nic)
    machine: {
      type: 'HAS_NIC',
      direction: 'in',
      to: ['VirtualMachine', 'Template'],
      cardinality: 'one',
      inverse: 'nics',
      inverseCardinality: 'many',
      doc: 'The machine it belongs to.',
    },
    // (:Nic)-[:CONNECTED_TO]->(:Network)
    network: {
      type: 'CONNECTED_TO',
      direction: 'out',
      to: ['Network', 'NetworkAttachment'],
      cardinality: 'one',
      inverse: 'nics',
      inverseCardinality: 'many',
      doc: 'The network it is on.',
    },
    // (:Nic)-[:ADDRESS_IN {ipAddress}]->(:Subnet)
    // (:Nic)-[:PROTECTED_BY]->(:SecurityGroup)
    ...portEdges('nics'),
  },
});

export const device = defineKind({
  label: 'Device',
  doc: 'Any other virtual device: controllers, passthrough, vGPU, USB, serial, TPM, NVDIMM, CD-ROM.',
  keeper: 'collector',
  properties: {
    key: integer('Device key in the machine.'),
    deviceClass: text('What it is, over all sources.', {
      indexed: true,
      values: [
        'pciPassthrough',
        'vgpu',
        'sriov',
        'usbController',
        'usb',
        'serialPort',
        'parallelPort',
        'tpm',
        'nvdimm',
        'cdrom',
        'floppy',
        'scsiController',
        'sataController',
        'ideController',
        'nvmeController',
        'videoCard',
        'sound',
        'watchdog',
        'precisionClock',
        'scsiPassthrough',
        'sgx',
        'vmci',
        'keyboard',
        'pointing',
        'other',
      ],
    }),
    sourceType: text("Its class in the source's words, for instance VirtualPCIPassthrough.", {
      indexed: true,
    }),
    summary: text('Summary line of the source.'),
    backing: text('What is behind it: a host device, a file, an address.'),
    vgpuProfile: text('vGPU profile, for instance grid_a100-10c.', { indexed: true }),
    vendorId: text('PCI vendor id, hexadecimal.'),
    deviceId: text('PCI device id, hexadecimal.'),
    busNumber: integer('Bus number of a controller.'),
    sharing: text('Sharing of a SCSI controller: noSharing, virtualSharing, physicalSharing.'),
    sizeMB: integer('Size of an NVDIMM.', { unit: 'MiB' }),
    connected: flag('Connected now.'),
    startConnected: flag('Connected at power-on.'),
  },
  edges: {
    // (:VirtualMachine|Template)-[:HAS_DEVICE]->(:Device)
    machine: {
      type: 'HAS_DEVICE',
      direction: 'in',
      to: ['VirtualMachine', 'Template'],
      cardinality: 'one',
      inverse: 'devices',
      inverseCardinality: 'many',
      doc: 'The machine it belongs to.',
    },
  },
});

export const snapshot = defineKind({
  label: 'Snapshot',
  doc: 'A snapshot in the tree of one machine.',
  keeper: 'collector',
  properties: {
    description: text('What people wrote about it.', { fullText: true }),
    createdAt: moment('When it was taken.', { indexed: true }),
    powerState: text('Power state of the machine at that time.'),
    quiesced: flag('The guest file systems were at rest.'),
    depth: integer('Distance from the root of the tree, which is 0.'),
    current: flag('The machine runs on top of this one.'),
    sizeBytes: integer('Size of its delta and memory files.', { unit: 'B' }),
    hasMemory: flag('It holds the memory of the machine.'),
  },
  edges: {
    // (:VirtualMachine|Template)-[:HAS_SNAPSHOT]->(:Snapshot)
    machine: {
      type: 'HAS_SNAPSHOT',
      direction: 'in',
      to: ['VirtualMachine', 'Template'],
      cardinality: 'one',
      inverse: 'snapshots',
      inverseCardinality: 'many',
      doc: 'The machine it belongs to.',
    },
    // (:Snapshot)-[:CHILD_OF]->(:Snapshot)
    parent: {
      type: 'CHILD_OF',
      direction: 'out',
      to: ['Snapshot'],
      cardinality: 'one',
      inverse: 'children',
      inverseCardinality: 'many',
      doc: 'The snapshot it builds on.',
    },
  },
});

export const fileSystem = defineKind({
  label: 'FileSystem',
  doc: 'A file system inside the guest, as the guest agent reports it or introspection found it.',
  keeper: 'collector',
  properties: {
    path: text('Mount point or drive, for instance / or C:\\.', { indexed: true }),
    type: text('File system type, where reported.'),
    capacityBytes: integer('Size.', { unit: 'B' }),
    freeBytes: integer('Free space.', { unit: 'B', indexed: true }),
    usedBytes: integer('Space in use.', { unit: 'B', indexed: true }),
    device: text('Device, as libguestfs names it, for instance /dev/sda1.'),
    fileSystemLabel: text('Its label.'),
    fileSystemUuid: text('Its UUID.', { indexed: true }),
    encryption: text('How it is encrypted; absent where it is not.', {
      indexed: true,
      values: ['luks', 'bitlocker', 'other'],
    }),
    encryptionVersion: integer('Version of LUKS.'),
    unlocked: flag('It was opened while it was read.'),
    unlockedBy: textList('What opens it without a person: tang, tpm2, key file.'),
    diskKeys: textList('Device keys of the disks below it; empty where the agent gives none.'),
  },
  edges: {
    // (:VirtualMachine)-[:HAS_FILE_SYSTEM]->(:FileSystem)
    machine: {
      type: 'HAS_FILE_SYSTEM',
      direction: 'in',
      to: ['VirtualMachine', 'Template'],
      cardinality: 'one',
      inverse: 'fileSystems',
      inverseCardinality: 'many',
      doc: 'The machine whose guest has it.',
    },
    // (:Guest)-[:HAS_FILE_SYSTEM]->(:FileSystem)
    guest: {
      type: 'HAS_FILE_SYSTEM',
      direction: 'in',
      to: ['Guest'],
      cardinality: 'one',
      inverse: 'fileSystems',
      inverseCardinality: 'many',
      doc: 'The guest that introspection found it in.',
    },
    // (:FileSystem)-[:LIES_ON]->(:Disk)
    disks: {
      type: 'LIES_ON',
      direction: 'out',
      to: ['Disk'],
      cardinality: 'many',
      inverse: 'fileSystems',
      inverseCardinality: 'many',
      doc: 'Disks it lies on, where the guest agent maps them.',
    },
  },
});

export const guestNetwork = defineKind({
  label: 'GuestNetwork',
  doc: 'One address of one interface inside the guest.',
  keeper: 'collector',
  properties: {
    mac: text('MAC address of the interface, lower case.'),
    ipAddress: text('Address.', { indexed: true, fullText: true }),
    prefixLength: integer('Length of the prefix.'),
    origin: text('How it was set: manual, dhcp, linklayer, random, other.'),
    state: text('preferred, deprecated, tentative, …'),
    dns: textList('DNS servers of the interface.'),
    dhcpEnabled: flag('The interface asks DHCP.'),
    deviceConfigId: integer('Device key of the adapter; -1 where it has none.'),
    networkName: text('Network the agent names.'),
  },
  edges: {
    // (:VirtualMachine)-[:HAS_GUEST_NETWORK]->(:GuestNetwork)
    machine: {
      type: 'HAS_GUEST_NETWORK',
      direction: 'in',
      to: ['VirtualMachine', 'Template'],
      cardinality: 'one',
      inverse: 'guestNetworks',
      inverseCardinality: 'many',
      doc: 'The machine whose guest has it.',
    },
    // (:GuestNetwork)-[:OF_NIC]->(:Nic)
    nic: {
      type: 'OF_NIC',
      direction: 'out',
      to: ['Nic'],
      cardinality: 'one',
      inverse: 'guestNetworks',
      inverseCardinality: 'many',
      doc: 'The adapter that carries it.',
    },
  },
});

export const guestRoute = defineKind({
  label: 'GuestRoute',
  doc: 'A route inside the guest.',
  keeper: 'collector',
  properties: {
    network: text('Destination network.'),
    prefixLength: integer('Length of the prefix.'),
    gateway: text('Gateway, where there is one.'),
    device: text("The guest's device number, as reported."),
    dns: textList('DNS servers of the stack.'),
  },
  edges: {
    // (:VirtualMachine)-[:HAS_ROUTE]->(:GuestRoute)
    machine: {
      type: 'HAS_ROUTE',
      direction: 'in',
      to: ['VirtualMachine', 'Template'],
      cardinality: 'one',
      inverse: 'guestRoutes',
      inverseCardinality: 'many',
      doc: 'The machine whose guest has it.',
    },
  },
});
