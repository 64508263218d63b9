import { defineKind } from '../kind.js';
import { flag, integer, text, textList } from '../property.js';
import { inSystem } from './guest.js';

export const mount = defineKind({
  label: 'Mount',
  doc: 'Where an operating system mounts a file system, or is told to by /etc/fstab.',
  keeper: 'collector',
  properties: {
    path: text('Mount point; none for swap.', { indexed: true }),
    device: text('Device that was mounted there, as libguestfs names it.'),
    type: text('File system type, as /etc/fstab says.', { indexed: true }),
    inFstab: flag('/etc/fstab has it.'),
    spec: text('What /etc/fstab mounts, for instance UUID=…', { fullText: true }),
    namedBy: text('How /etc/fstab names it; a device name changes with the disk bus.', {
      indexed: true,
      values: [
        'uuid',
        'label',
        'partitionUuid',
        'partitionLabel',
        'deviceMapper',
        'deviceName',
        'devicePath',
        'deviceId',
        'network',
        'pseudo',
        'other',
      ],
    }),
    options: textList('Options; values that may be secrets are left out.'),
    capacityBytes: integer('Size.', { unit: 'B' }),
    freeBytes: integer('Free space.', { unit: 'B' }),
    usedBytes: integer('Space in use.', { unit: 'B', indexed: true }),
  },
  edges: {
    // (:OperatingSystem)-[:HAS_MOUNT]->(:Mount)
    operatingSystem: inSystem('HAS_MOUNT', 'mounts'),
    // (:Mount)-[:MOUNTS]->(:FileSystem)
    fileSystem: {
      type: 'MOUNTS',
      direction: 'out',
      to: ['FileSystem'],
      cardinality: 'one',
      inverse: 'mounts',
      inverseCardinality: 'many',
      doc: 'The file system that is mounted.',
    },
  },
});

export const encryptedDevice = defineKind({
  label: 'EncryptedDevice',
  doc: 'An encrypted device that /etc/crypttab opens at boot.',
  keeper: 'collector',
  properties: {
    device: text('What is opened.'),
    unlock: text('What opens it.', {
      indexed: true,
      values: [
        'passphrase',
        'keyFile',
        'keyScript',
        'random',
        'tpm2',
        'fido2',
        'pkcs11',
        'tang',
        'other',
      ],
    }),
    options: textList('Names of its options.'),
  },
  edges: {
    // (:OperatingSystem)-[:OPENS]->(:EncryptedDevice)
    operatingSystem: inSystem('OPENS', 'encryptedDevices'),
  },
});

export const driveMapping = defineKind({
  label: 'DriveMapping',
  doc: 'A drive letter of Windows and the device behind it.',
  keeper: 'collector',
  properties: {
    letter: text('Drive letter, upper case.', { indexed: true }),
    device: text('Device, as libguestfs names it.'),
  },
  edges: {
    // (:OperatingSystem)-[:HAS_DRIVE]->(:DriveMapping)
    operatingSystem: inSystem('HAS_DRIVE', 'driveMappings'),
    // (:DriveMapping)-[:MAPS]->(:FileSystem)
    fileSystem: {
      type: 'MAPS',
      direction: 'out',
      to: ['FileSystem'],
      cardinality: 'one',
      inverse: 'driveMappings',
      inverseCardinality: 'many',
      doc: 'The file system on it.',
    },
  },
});

export const guestUser = defineKind({
  label: 'GuestUser',
  doc: 'An account of the guest that can log in.',
  keeper: 'collector',
  properties: {
    userId: text('Its number, or security id.'),
    home: text('Home folder.'),
    shell: text('Login shell.'),
    administrator: flag('It may do everything.', { indexed: true }),
    hasSshKeys: flag('It has a file of authorized keys.'),
  },
  edges: {
    // (:OperatingSystem)-[:HAS_USER]->(:GuestUser)
    operatingSystem: inSystem('HAS_USER', 'users'),
  },
});

export const guestFile = defineKind({
  label: 'GuestFile',
  doc: 'A file that was looked for in a guest and found. Its content is not kept.',
  keeper: 'collector',
  properties: { path: text('Path in the guest.', { indexed: true, fullText: true }) },
  edges: {
    // (:OperatingSystem)-[:HAS_FILE]->(:GuestFile)
    operatingSystem: inSystem('HAS_FILE', 'files'),
  },
});

export const guestInterface = defineKind({
  label: 'GuestInterface',
  doc: 'A network interface as the files of the guest configure it.',
  keeper: 'collector',
  properties: {
    mac: text('MAC address it is bound to, lower case.', { indexed: true }),
    method: text('Where its addresses come from.', {
      indexed: true,
      values: ['static', 'dhcp', 'both', 'none'],
    }),
    addresses: textList('Addresses with their prefix length.', { fullText: true }),
    gateways: textList('Gateways.'),
    dns: textList('DNS servers.'),
    type: text('ethernet, bond, bridge, vlan, …'),
    vlanId: integer('VLAN that the guest tags.', { indexed: true }),
    definedIn: text('File that configures it.'),
    format: text('Kind of that file: ifcfg, networkManager, netplan, networkd, interfaces, …'),
  },
  edges: {
    // (:OperatingSystem)-[:CONFIGURES]->(:GuestInterface)
    operatingSystem: inSystem('CONFIGURES', 'interfaces'),
  },
});

export const guestFinding = defineKind({
  label: 'GuestFinding',
  doc: 'What a deep inspection by another tool found to hinder the migration of a guest.',
  keeper: 'collector',
  properties: {
    findingId: text("The tool's id of it, for instance disk-encrypted.", { indexed: true }),
    category: text('How grave it is.', {
      indexed: true,
      values: ['Critical', 'Warning', 'Information', 'Advisory', 'Error'],
    }),
    message: text('What it says.', { fullText: true }),
    check: text('Check that found it, for instance fstab.'),
  },
  edges: {
    // (:Guest)-[:HAS_FINDING]->(:GuestFinding)
    guest: {
      type: 'HAS_FINDING',
      direction: 'in',
      to: ['Guest'],
      cardinality: 'one',
      inverse: 'findings',
      inverseCardinality: 'many',
      doc: 'The guest it was found in.',
    },
  },
});
