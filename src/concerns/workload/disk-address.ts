import type { WorkloadDisk } from './workload.js';

/** Address of a disk as vSphere writes it in its advanced configuration: `scsi0:1`. */
export function diskAddress({ bus, controllerBusNumber, unitNumber }: WorkloadDisk): string {
  return `${bus ?? 'unknown'}${controllerBusNumber ?? '?'}:${unitNumber ?? '?'}`;
}
