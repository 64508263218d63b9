import { defineKind } from '../kind.js';
import { flag, integer, moment, text, textList } from '../property.js';

export const guest = defineKind({
  label: 'Guest',
  doc: 'What introspection found on the disks of one machine: one for each machine and source of results.',
  keeper: 'collector',
  properties: {
    format: text('Form of the result it came in.', {
      indexed: true,
      values: ['opal', 'virtInspector', 'virtV2vInspector', 'vmAnalyzer', 'deepInspection'],
    }),
    tool: text('Program that made the result, with its version.'),
    takenAt: moment('When the disks were read, where the result says so.', { indexed: true }),
    resultName: text('Name of the file that the result came in.', { indexed: true }),
    machineId: text('Id of the machine in its source, where the result or a table names it.', {
      indexed: true,
    }),
    uuid: text('BIOS UUID of the machine, where known.', { indexed: true }),
    hostName: text('Host name in the first operating system.', { indexed: true, fullText: true }),
    machineIds: textList('Contents of /etc/machine-id, and ids that Windows gives itself.'),
    macs: textList('MAC addresses in the result, lower case.'),
    ipAddresses: textList('Addresses that are configured or were seen, without prefix.', {
      fullText: true,
    }),
    firmware: text('Firmware that the machine needs.', { values: ['bios', 'efi'] }),
    bootModes: textList('Ways in which its partitions can start it: bios, efi.'),
    bootOrder: textList('Disks in the order in which they are tried, by their index.'),
    diskCount: integer('Disks that were read.', { unit: 'count' }),
    diskCapacityBytes: integer('Sum of the sizes of those disks.', { unit: 'B' }),
    allocatedBytes: integer('Space that the disks would take after a conversion.', { unit: 'B' }),
    allocatedBytesEstimated: flag('That is an estimate.'),
    operatingSystemCount: integer('Operating systems on it; more than one is multi-boot.', {
      unit: 'count',
      indexed: true,
    }),
    passed: flag('Deep inspection found nothing that hinders a migration.'),
    problems: textList('What could not be read, as `what: why`.'),
    matchState: text('Whether the machine it belongs to was found.', {
      indexed: true,
      derived: true,
      values: ['matched', 'ambiguous', 'unmatched'],
    }),
    matchReason: text('Why no machine was chosen, or what made it the one.', { derived: true }),
    candidates: textList('Ids of machines that it might be, where that is not clear.', {
      derived: true,
    }),
  },
  edges: {
    // (:VirtualMachine)-[:HAS_GUEST {by, evidence}]->(:Guest)
    machines: {
      type: 'HAS_GUEST',
      direction: 'in',
      to: ['VirtualMachine'],
      cardinality: 'many',
      inverse: 'guests',
      inverseCardinality: 'many',
      doc: 'The machine it was read from, in each source that shows it.',
      keeper: 'identity',
      properties: {
        by: text('Strongest fact that both have.', {
          values: ['table', 'id', 'instanceUuid', 'biosUuid', 'mac', 'hostAddress', 'hostName'],
        }),
        evidence: textList('Facts that both have, the strongest first, as `<fact> <value>`.'),
      },
    },
  },
});

export const operatingSystem = defineKind({
  label: 'OperatingSystem',
  doc: 'An operating system that is installed on the disks of a machine. Several are multi-boot.',
  keeper: 'collector',
  properties: {
    root: text('Device of its root file system, as libguestfs numbers disks.'),
    osFamily: text('Family.', {
      indexed: true,
      values: ['linux', 'windows', 'bsd', 'solaris', 'macos', 'other'],
    }),
    type: text("Type in the tool's own word: linux, windows, freebsd, hurd, …"),
    distro: text('Distribution: rhel, debian, windows, …', { indexed: true }),
    productName: text('Its full name.', { indexed: true, fullText: true }),
    productVariant: text('Edition: Server, Client, Domain Controller.'),
    majorVersion: integer('Major version.', { indexed: true }),
    minorVersion: integer('Minor version.'),
    version: text('Version as `major.minor`.', { indexed: true }),
    buildId: text('Build, where it has one.'),
    architecture: text('Architecture: x86_64, i386, aarch64, …', { indexed: true }),
    hostName: text('Host name.', { indexed: true, fullText: true }),
    machineId: text('Contents of /etc/machine-id.'),
    osinfo: text('Id in the libosinfo database, for instance rhel8.9.', { indexed: true }),
    packageFormat: text('rpm, deb, …', { indexed: true }),
    packageManagement: text('dnf, apt, …'),
    windowsSystemRoot: text('Windows folder, for instance /Windows.'),
    windowsCurrentControlSet: text('Control set that Windows starts with.'),
    windowsGroupPolicy: flag('Group policy is applied.'),
    windowsAntivirus: flag('Antivirus software was recognised.'),
    packageCount: integer('Packages installed.', { unit: 'count' }),
    kernelVersions: textList('Kernels installed.'),
    initramfsDrivers: textList('virtio drivers in every initramfs or built into every kernel.'),
    virtioInInitramfs: flag(
      'Each kernel reaches a virtio disk at boot: built in, or in its initramfs.',
      { indexed: true },
    ),
    kernelsWithoutVirtio: textList('Kernels whose initramfs has no driver of virtio disks.'),
    windowsDrivers: textList('virtio drivers that start at boot: viostor, vioscsi, netkvm.'),
    virtioReady: flag('It can start from a virtio disk without a conversion.', { indexed: true }),
    kernelModules: textList('Modules that are configured to be loaded.'),
    timeServers: textList('Time servers that it is configured with.'),
    cloudInitDataSources: textList('Sources of cloud-init; absent where it is not installed.'),
    cloudInitEnabled: flag('cloud-init is installed and not disabled.'),
    deviceNamesInFstab: flag('/etc/fstab mounts by names that change with the disk bus.', {
      indexed: true,
    }),
    boundNames: textList('Interfaces that a rule binds to a MAC, as `name mac`.'),
    problems: textList('What could not be read, as `what: why`.'),
  },
  edges: {
    // (:Guest)-[:HAS_OPERATING_SYSTEM]->(:OperatingSystem)
    guest: {
      type: 'HAS_OPERATING_SYSTEM',
      direction: 'in',
      to: ['Guest'],
      cardinality: 'one',
      inverse: 'operatingSystems',
      inverseCardinality: 'many',
      doc: 'The guest it was found in.',
    },
    // (:VirtualMachine)-[:BOOTS]->(:OperatingSystem)
    machines: {
      type: 'BOOTS',
      direction: 'in',
      to: ['VirtualMachine'],
      cardinality: 'many',
      inverse: 'operatingSystems',
      inverseCardinality: 'many',
      doc: 'The machine that has it.',
      keeper: 'identity',
    },
    // (:OperatingSystem)-[:HAS_PACKAGE {installPath}]->(:Package)
    packages: {
      type: 'HAS_PACKAGE',
      direction: 'out',
      to: ['Package'],
      cardinality: 'many',
      inverse: 'operatingSystems',
      inverseCardinality: 'many',
      doc: 'Packages installed in it.',
      properties: { installPath: text('Where it is installed, of Windows applications.') },
    },
  },
});

/** What was found in one operating system; each kind names the other end after itself. */
export const inSystem = <const Type extends string, const Inverse extends string>(
  type: Type,
  inverse: Inverse,
) =>
  ({
    type,
    direction: 'in',
    to: ['OperatingSystem'],
    cardinality: 'one',
    inverse,
    inverseCardinality: 'many',
    doc: 'The operating system it was found in.',
  }) as const;
