import { record, type AnyRecord } from '../../src/graph/index.js';
import type { MachineSpec } from './estate.js';

/** A machine on which a rule fires, and one beside it on which it does not. */
export interface RuleCase {
  readonly rule: string;
  readonly fires: MachineSpec;
  /** The fact that tells why, in the first occurrence. */
  readonly because: Readonly<Record<string, unknown>>;
  readonly occurrences?: number;
  /** Kind of the place of the cause. */
  readonly place: string;
  readonly silent: MachineSpec;
}

const mebibyte = 2 ** 20;

export const surroundings: readonly AnyRecord[] = [
  record('Cluster', 'cluster-2', 'busy', { drsEnabled: true, dpmEnabled: true }, {}),
  record('Host', 'host-2', 'esx2', {}, { cluster: { kind: 'Cluster', externalId: 'cluster-2' } }),
  record('Datastore', 'ds-lost', 'lost', { accessible: false }, {}),
];

/** Machines by their rule, with the suffix of the group that they are members of. */
export const placementRule: readonly AnyRecord[] = [
  record(
    'DrsGroup',
    'g-vm',
    'licensed',
    { groupType: 'vm' },
    {
      cluster: { kind: 'Cluster', externalId: 'cluster-2' },
      virtualMachines: [
        { kind: 'VirtualMachine', externalId: 'vmware.host_affinity.detected-fires' },
      ],
    },
  ),
  record(
    'DrsGroup',
    'g-off',
    'idle',
    { groupType: 'vm' },
    {
      cluster: { kind: 'Cluster', externalId: 'cluster-2' },
      virtualMachines: [
        { kind: 'VirtualMachine', externalId: 'vmware.host_affinity.detected-silent' },
      ],
    },
  ),
  record(
    'DrsGroup',
    'g-host',
    'licensed hosts',
    { groupType: 'host' },
    {
      cluster: { kind: 'Cluster', externalId: 'cluster-2' },
      hosts: [{ kind: 'Host', externalId: 'host-2' }],
    },
  ),
  record(
    'DrsRule',
    'r-on',
    'keep on licensed hosts',
    { ruleType: 'vmHostAffinity', enabled: true, mandatory: true },
    {
      cluster: { kind: 'Cluster', externalId: 'cluster-2' },
      vmGroup: { kind: 'DrsGroup', externalId: 'g-vm' },
      hostGroup: { kind: 'DrsGroup', externalId: 'g-host' },
    },
  ),
  record(
    'DrsRule',
    'r-off',
    'switched off',
    { ruleType: 'vmHostAffinity', enabled: false },
    {
      cluster: { kind: 'Cluster', externalId: 'cluster-2' },
      vmGroup: { kind: 'DrsGroup', externalId: 'g-off' },
      hostGroup: { kind: 'DrsGroup', externalId: 'g-host' },
    },
  ),
];

export const ruleCases: readonly RuleCase[] = [
  {
    rule: 'vmware.changed_block_tracking.disabled',
    fires: { properties: { changeTrackingEnabled: false } },
    because: { changeTrackingEnabled: false },
    place: 'VirtualMachine',
    silent: { properties: { changeTrackingEnabled: null } },
  },
  {
    rule: 'vmware.changed_block_tracking.disk.disabled',
    fires: {
      disks: [
        { changeTrackingEnabled: false, controllerBusNumber: 0, unitNumber: 3 },
        { changeTrackingEnabled: true },
        { changeTrackingEnabled: false, bus: 'nvme' },
      ],
    },
    because: { address: 'scsi0:3' },
    occurrences: 2,
    place: 'VirtualMachine',
    silent: { disks: [{ changeTrackingEnabled: true }, {}] },
  },
  {
    rule: 'vmware.consolidation_needed',
    fires: { properties: { consolidationNeeded: true } },
    because: { consolidationNeeded: true },
    place: 'VirtualMachine',
    silent: { properties: { consolidationNeeded: false } },
  },
  {
    rule: 'vmware.cpu_affinity.detected',
    fires: { properties: { cpuAffinity: [0, 2] } },
    because: { cpus: [0, 2] },
    place: 'VirtualMachine',
    silent: { properties: { cpuAffinity: [] } },
  },
  {
    rule: 'vmware.cpu_memory.hotplug.enabled',
    fires: { properties: { memoryHotAddEnabled: true, cpuHotAddEnabled: false } },
    because: { memoryHotAdd: true, cpuHotAdd: false },
    place: 'VirtualMachine',
    silent: {
      properties: {
        cpuHotAddEnabled: false,
        cpuHotRemoveEnabled: false,
        memoryHotAddEnabled: false,
      },
    },
  },
  {
    rule: 'vmware.datastore.missing',
    fires: { disks: [{ datastore: null, file: '[old san] a b/a.vmdk' }, {}] },
    because: { datastore: 'old san' },
    place: 'Cluster',
    silent: { disks: [{}] },
  },
  {
    rule: 'vmware.device.sriov.detected',
    fires: {
      nics: [{ model: 'sriov', key: 4000, network: 'net-1' }],
      devices: [{ sourceType: 'VirtualSriovEthernetCard', deviceClass: 'sriov', key: 4000 }],
    },
    because: { network: 'front' },
    place: 'Network',
    silent: { nics: [{ model: 'vmxnet3', key: 4000, network: 'net-1' }] },
  },
  {
    rule: 'vmware.disk.capacity.invalid',
    fires: { disks: [{ capacityBytes: 0 }, { capacityBytes: null }, {}] },
    because: { capacityBytes: 0 },
    occurrences: 2,
    place: 'Disk',
    silent: { disks: [{ capacityBytes: 1 }] },
  },
  {
    rule: 'vmware.disk.count.exceeds.limit',
    fires: { disks: Array.from({ length: 166 }, () => ({})) },
    because: { disks: 166 },
    place: 'VirtualMachine',
    silent: { disks: Array.from({ length: 165 }, () => ({})) },
  },
  {
    rule: 'vmware.disk.rdm.detected',
    fires: { disks: [{}, { rdm: true, rdmCompatibility: 'physicalMode' }] },
    because: { mode: 'physicalMode' },
    place: 'VirtualMachine',
    silent: { disks: [{ rdm: false }] },
  },
  {
    rule: 'vmware.disk.shared.detected',
    fires: {
      disks: [
        { shared: true, file: '[one] quorum/quorum.vmdk' },
        { shared: false, sharing: 'sharingMultiWriter' },
      ],
    },
    because: { file: '[one] quorum/quorum.vmdk' },
    occurrences: 2,
    place: 'Disk',
    silent: { disks: [{ shared: false, sharing: 'sharingNone' }] },
  },
  {
    rule: 'vmware.disk_mode.independent',
    fires: { disks: [{ mode: 'independent_nonpersistent' }] },
    because: { mode: 'independent_nonpersistent' },
    place: 'VirtualMachine',
    silent: { disks: [{ mode: 'nonpersistent' }] },
  },
  {
    rule: 'vmware.disk_serial.truncated',
    fires: { properties: { diskEnableUuid: true } },
    because: { disks: ['Hard disk 1'] },
    place: 'VirtualMachine',
    silent: { properties: { diskEnableUuid: true }, disks: [{ bus: 'sata' }] },
  },
  {
    rule: 'vmware.dpm.enabled',
    fires: { host: 'host-2' },
    because: { cluster: 'busy' },
    place: 'Cluster',
    silent: {},
  },
  {
    rule: 'vmware.drs.enabled',
    fires: { host: 'host-2' },
    because: { cluster: 'busy' },
    place: 'Cluster',
    silent: {},
  },
  {
    rule: 'vmware.fault_tolerance.enabled',
    fires: { properties: { faultToleranceEnabled: true } },
    because: { faultToleranceEnabled: true },
    place: 'VirtualMachine',
    silent: { properties: { faultToleranceEnabled: false } },
  },
  {
    rule: 'vmware.guestDisks.freespace',
    fires: {
      fileSystems: [
        { path: 'C:\\', freeBytes: 100 * mebibyte - 1 },
        { path: '/boot', freeBytes: 49 * mebibyte },
        { path: '/srv', freeBytes: 9 * mebibyte },
      ],
    },
    because: { path: 'C:\\', requiredMiB: 100 },
    occurrences: 3,
    place: 'VirtualMachine',
    silent: {
      fileSystems: [
        { path: '/', freeBytes: 100 * mebibyte },
        { path: '/boot', freeBytes: 50 * mebibyte },
        { path: 'D:\\', freeBytes: 10 * mebibyte },
        { path: '/snap/core/1', freeBytes: 0, type: 'squashfs' },
        { path: '/unknown' },
      ],
    },
  },
  {
    rule: 'vmware.guestDisks.key.not_found',
    fires: {
      properties: { guestId: 'windows2019srv_64Guest' },
      fileSystems: [{ path: 'C:\\', freeBytes: 2 ** 40, diskKeys: ['2000'] }, { path: 'E:\\' }],
    },
    because: { drive: 'E:\\' },
    place: 'VirtualMachine',
    silent: { fileSystems: [{ path: '/srv' }] },
  },
  {
    rule: 'vmware.host_affinity.detected',
    fires: { host: 'host-2' },
    because: { rule: 'keep on licensed hosts', hostGroup: 'licensed hosts' },
    place: 'DrsRule',
    silent: { host: 'host-2' },
  },
  {
    rule: 'vmware.hostname.default',
    fires: { properties: { hostName: 'localhost.localdomain' } },
    because: { hostName: 'localhost.localdomain' },
    place: 'VirtualMachine',
    silent: { properties: { hostName: 'localhost' } },
  },
  {
    rule: 'vmware.hostname.empty',
    fires: { properties: { hostName: null, toolsRunningStatus: 'guestToolsNotRunning' } },
    because: { toolsRunningStatus: 'guestToolsNotRunning' },
    place: 'VirtualMachine',
    silent: { properties: { hostName: '0' } },
  },
  {
    rule: 'vmware.numa_affinity.detected',
    fires: { properties: { numaNodeAffinity: ['1'] } },
    because: { nodes: ['1'] },
    place: 'VirtualMachine',
    silent: { properties: { numaNodeAffinity: [] } },
  },
  {
    rule: 'vmware.os.unsupported',
    fires: {
      properties: {
        guestId: 'rhel9_64Guest',
        guestName: 'Red Hat Enterprise Linux 9 (64-bit)',
        guestNameFromTools: 'Ubuntu Linux (64-bit)',
      },
    },
    because: { system: 'Ubuntu Linux (64-bit)' },
    place: 'OperatingSystem',
    silent: {
      properties: {
        guestId: 'otherGuest',
        guestName: 'Other (32-bit)',
        guestNameFromTools: 'Microsoft Windows Server 2016 or later (64-bit)',
      },
    },
  },
  {
    rule: 'vmware.passthrough_device.detected',
    fires: {
      devices: [
        {
          deviceClass: 'pciPassthrough',
          sourceType: 'VirtualPCIPassthrough',
          vendorId: '10de',
          deviceId: '20b5',
        },
        { deviceClass: 'vgpu', vgpuProfile: 'grid_a100-10c' },
      ],
    },
    because: { model: '10de:20b5' },
    occurrences: 2,
    place: 'Cluster',
    silent: { devices: [{ deviceClass: 'cdrom', sourceType: 'VirtualCdrom' }] },
  },
  {
    rule: 'vmware.snapshot.detected',
    fires: {
      snapshots: [
        { createdAt: '2024-05-01T00:00:00.000Z' },
        { createdAt: '2023-05-01T00:00:00.000Z' },
      ],
    },
    because: { snapshots: 2, oldest: '2023-05-01T00:00:00.000Z' },
    place: 'VirtualMachine',
    silent: { snapshots: [] },
  },
  {
    rule: 'vmware.tpm.detected',
    fires: { properties: { tpmPresent: true } },
    because: { tpmPresent: true },
    place: 'VirtualMachine',
    silent: { properties: { tpmPresent: false } },
  },
  {
    rule: 'vmware.usb_controller.detected',
    fires: { devices: [{ deviceClass: 'usbController', sourceType: 'VirtualUSBXHCIController' }] },
    because: { type: 'VirtualUSBXHCIController' },
    place: 'VirtualMachine',
    silent: { devices: [{ deviceClass: 'usb', sourceType: 'VirtualUSB' }] },
  },
  {
    rule: 'vmware.vm.name.invalid',
    fires: { name: 'größe 1' },
    because: { name: 'größe 1' },
    place: 'VirtualMachine',
    silent: { name: 'a'.repeat(63) },
  },
  {
    rule: 'vmware.vm_missing_ip.detected',
    fires: { guestNetworks: [], properties: { powerState: 'poweredOff' } },
    because: { powerState: 'poweredOff' },
    place: 'VirtualMachine',
    silent: { guestNetworks: [{ ipAddress: 'fe80::1' }] },
  },
];
