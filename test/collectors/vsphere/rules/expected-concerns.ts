import type { RawDevice, RawMachine } from './raw-estate.js';

const mebibyte = 1024 * 1024;
const setting = (machine: RawMachine, name: string): string | undefined =>
  machine['config.extraConfig'].find(({ key }) => key.toLowerCase() === name.toLowerCase())?.value;
const isOn = (value: string | undefined): boolean => value?.toLowerCase() === 'true';
const has = (machine: RawMachine, ...types: readonly string[]): boolean =>
  machine['config.hardware'].device.some(({ $type = '' }) => types.includes($type));

function controllerOf(machine: RawMachine, disk: RawDevice): RawDevice | undefined {
  return machine['config.hardware'].device.find(({ key }) => key === disk.controllerKey);
}

function isTracked(machine: RawMachine, disk: RawDevice): boolean {
  const bus = controllerOf(machine, disk)?.busNumber ?? 0;
  return isOn(setting(machine, `scsi${bus}:${disk.unitNumber ?? 0}.ctkEnabled`));
}

const roomAskedFor = (path: string): number => {
  if (path === '/' || /^c:/iu.test(path)) return 100;
  return path === '/boot' ? 50 : 10;
};

function hasHostRule({ id, cluster }: RawMachine): boolean {
  const mine = (cluster?.group ?? []).filter(({ vm }) => vm.some(({ value }) => value === id));
  return (cluster?.rule ?? []).some(
    ({ $type, enabled, vmGroupName }) =>
      $type === 'ClusterVmHostRuleInfo' &&
      enabled === true &&
      mine.some(({ name }) => name === vmGroupName),
  );
}

const supported =
  /Red Hat Enterprise Linux (?:[789]|10)\b|Windows (?:10|11)\b|Windows Server (?:2016|2019|2022|2025)\b/u;

const plainName = (name: string): string =>
  decodeURIComponent(name.replace(/%(?!2f|5c|25)/giu, '%25'));

/**
 * For each rule of the catalogue: whether it has to hold a machine, told from what the source says
 * of it. Written from the rules' description and without anything of the product.
 */
export const expectedConcerns: Readonly<Record<string, (machine: RawMachine) => boolean>> = {
  'vmware.changed_block_tracking.disabled': (vm) => vm['config.changeTrackingEnabled'] === false,
  'vmware.changed_block_tracking.disk.disabled': (vm) =>
    vm.disks.some((disk) => !isTracked(vm, disk)),
  'vmware.consolidation_needed': (vm) => vm['runtime.consolidationNeeded'] === true,
  'vmware.cpu_affinity.detected': (vm) => (vm['config.cpuAffinity']?.affinitySet.length ?? 0) > 0,
  'vmware.cpu_memory.hotplug.enabled': (vm) =>
    vm['config.cpuHotAddEnabled'] === true ||
    vm['config.cpuHotRemoveEnabled'] === true ||
    vm['config.memoryHotAddEnabled'] === true,
  'vmware.datastore.missing': (vm) =>
    vm.disks.some(({ backing }) => backing?.datastore === undefined),
  'vmware.device.sriov.detected': (vm) => has(vm, 'VirtualSriovEthernetCard'),
  'vmware.disk.capacity.invalid': (vm) =>
    vm.disks.some(({ capacityInBytes = 0 }) => capacityInBytes <= 0),
  'vmware.disk.count.exceeds.limit': (vm) => vm.disks.length > 165,
  'vmware.disk.rdm.detected': (vm) =>
    vm.disks.some(({ backing }) => backing?.$type?.includes('RawDiskMapping') === true),
  'vmware.disk.shared.detected': (vm) =>
    vm.disks.some(
      ({ backing }) =>
        vm.sharedFiles.has(backing?.fileName ?? '') || backing?.sharing === 'sharingMultiWriter',
    ),
  'vmware.disk_mode.independent': (vm) =>
    vm.disks.some(({ backing }) => backing?.diskMode?.startsWith('independent_') === true),
  'vmware.disk_serial.truncated': (vm) =>
    isOn(setting(vm, 'disk.EnableUUID')) &&
    vm.disks.some((disk) => controllerOf(vm, disk)?.$type?.match(/SCSI|LsiLogic/u) !== null),
  'vmware.dpm.enabled': ({ cluster }) => cluster?.dpmConfigInfo?.enabled === true,
  'vmware.drs.enabled': ({ cluster }) => cluster?.drsConfig?.enabled === true,
  'vmware.fault_tolerance.enabled': (vm) => vm['config.ftInfo'] !== undefined,
  'vmware.guestDisks.freespace': (vm) =>
    vm['guest.disk'].some(
      ({ diskPath, freeSpace }) => freeSpace < roomAskedFor(diskPath) * mebibyte,
    ),
  'vmware.guestDisks.key.not_found': (vm) =>
    /windows/iu.test(vm['config.guestId'] ?? '') &&
    vm['guest.disk'].some(({ mappings }) => mappings.every(({ key }) => key === 0)),
  'vmware.host_affinity.detected': hasHostRule,
  'vmware.hostname.default': (vm) => vm['guest.hostName'] === 'localhost.localdomain',
  'vmware.hostname.empty': (vm) => (vm['guest.hostName'] ?? '') === '',
  'vmware.numa_affinity.detected': (vm) => (setting(vm, 'numa.nodeAffinity') ?? '') !== '',
  'vmware.os.unsupported': (vm) =>
    !supported.test((vm['guest.guestFullName'] ?? '') || (vm['config.guestFullName'] ?? '')),
  'vmware.passthrough_device.detected': (vm) => has(vm, 'VirtualPCIPassthrough'),
  'vmware.snapshot.detected': (vm) => (vm.snapshot?.rootSnapshotList.length ?? 0) > 0,
  'vmware.tpm.detected': (vm) => has(vm, 'VirtualTPM'),
  'vmware.usb_controller.detected': (vm) =>
    has(vm, 'VirtualUSBController', 'VirtualUSBXHCIController'),
  'vmware.vm.name.invalid': (vm) =>
    !/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/u.test(plainName(vm.name)),
  'vmware.vm_missing_ip.detected': (vm) =>
    vm['guest.net'].every(({ ipAddress }) => ipAddress.length === 0),
};
