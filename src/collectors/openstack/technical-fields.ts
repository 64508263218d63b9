/**
 * Last parts of field names of OpenStack's services, in lower case, whose texts are words of the
 * services: states, formats, hardware. Everything else may hold a name that somebody gave. What
 * `map` tells apart by its words has to be here.
 */
export const technicalFields: ReadonlySet<string> = new Set(
  [
    'arch', 'binding:vif_type', 'binding:vnic_type', 'bootable', 'checksum', 'config_drive',
    'container_format', 'created', 'created_at', 'device', 'device_owner', '$portowner', 'direction',
    'disk_format', 'driver_version', 'ethertype', 'free_capacity_gb', 'host_status',
    'hw_boot_menu', 'hw_disk_bus', 'hw_firmware_type', 'hw_machine_type', 'hw_tpm_version',
    'hw_vif_model', 'hw_watchdog_action', 'hypervisor_type', 'image_type', 'ipv6_address_mode',
    'ipv6_ra_mode', 'os-dcf:diskconfig', 'os-ext-ips:type', 'os-ext-srv-attr:root_device_name',
    'os-ext-sts:task_state', 'os-ext-sts:vm_state', 'os-srv-usg:launched_at', 'os:secure_boot',
    'os_distro', 'os_hash_algo', 'os_secure_boot', 'os_type', 'os_version', 'policy', 'protocol',
    'provider:network_type', 'replication_status', 'state', 'status', 'storage_protocol',
    'total_capacity_gb', 'updated', 'updated_at', 'vendor', 'visibility', 'multiattach',
  ], // prettier-ignore
);
