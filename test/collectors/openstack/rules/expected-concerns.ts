import type { Item } from '../recorded-cloud.js';

/** A server of the recording with what its rules are about, read from the services' own answers. */
export interface RawServer {
  readonly server: Item;
  readonly image: Item;
  readonly specs: Item;
  readonly volumes: readonly Item[];
  /** Disks that are no volumes. */
  readonly localDisks: number;
}

const among = (value: unknown, words: readonly string[]): boolean => words.includes(String(value));

/** Which servers each rule is about, written a second time and without the graph. */
export const expectedConcerns: Readonly<Record<string, (raw: RawServer) => boolean>> = {
  'openstack.bios.boot_menu.enabled': ({ image }) => image.hw_boot_menu === 'true',
  'openstack.cpu.shares.defined': ({ specs }) => 'quota:cpu_shares' in specs,
  'openstack.disk.capacity.invalid': ({ volumes }) => volumes.some(({ size }) => size === 0),
  'openstack.disk.count.exceeds.limit': ({ volumes, localDisks }) =>
    volumes.length + localDisks > 165,
  'openstack.disk.shared.detected': ({ volumes }) =>
    volumes.some(({ attachments }) => (attachments as unknown[]).length > 1),
  'openstack.disk.status.unsupported': ({ volumes }) =>
    volumes.some(({ status }) => !among(status, ['available', 'in-use'])),
  'openstack.disk.unsupported_interface': ({ image }) =>
    'hw_disk_bus' in image && !among(image.hw_disk_bus, ['sata', 'scsi', 'virtio']),
  'openstack.host_devices.mapped': ({ specs }) => 'pci_passthrough:alias' in specs,
  'openstack.network.floating_ips.detected': ({ server }) =>
    JSON.stringify(server.addresses).includes('"floating"'),
  'openstack.network.vif_model.unsupported': ({ image }) =>
    'hw_vif_model' in image && !among(image.hw_vif_model, ['virtio', 'e1000', 'rtl8139']),
  'openstack.numa_tuning.detected': ({ specs }) => 'hw:numa_nodes' in specs,
  'openstack.os.unsupported': ({ image }) =>
    image.os_distro === 'centos' && image.os_version === '6',
  'openstack.secure_boot.detected': ({ image, specs }) =>
    image.os_secure_boot === 'required' || specs['os:secure_boot'] === 'required',
  'openstack.vm.name.invalid': ({ server }) =>
    !/^[\w.-]{1,63}$/u.test(String(server.name)) || String(server.name).includes('_'),
  'openstack.vm.status.invalid': ({ server }) => !among(server.status, ['ACTIVE', 'SHUTOFF']),
  'openstack.watchdog.detected': ({ image, specs }) =>
    'hw_watchdog_action' in image || 'hw:watchdog_action' in specs,
};
