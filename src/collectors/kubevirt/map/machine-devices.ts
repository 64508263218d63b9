import { record, to, type EntityRecord, type KindProperties } from '../../../graph/model/index.js';
import type { MachineBody } from './machine-body.js';

/** CD-ROMs, GPUs, host devices and the TPM of a machine. */
export function mapDevices(machine: string, { spec }: MachineBody): EntityRecord<'Device'>[] {
  const devices = spec.template.spec.domain?.devices;
  if (devices === undefined) return [];
  const device = (name: string, properties: KindProperties<'Device'>): EntityRecord<'Device'> =>
    record('Device', `${machine}/${name}`, name, properties, {
      machine: to('VirtualMachine', machine),
    });
  const cdroms = devices.disks
    .filter(({ cdrom }) => cdrom !== undefined)
    .map(({ name }) => device(name, { deviceClass: 'cdrom', sourceType: 'cdrom' }));
  const gpus = devices.gpus.map(({ name, deviceName }) =>
    device(`gpu/${name}`, { deviceClass: 'vgpu', sourceType: 'gpu', backing: deviceName }),
  );
  const hostDevices = devices.hostDevices.map(({ name, deviceName }) =>
    device(`host-device/${name}`, {
      deviceClass: 'pciPassthrough',
      sourceType: 'hostDevice',
      backing: deviceName,
    }),
  );
  const hasTpm = devices.tpm !== undefined && devices.tpm.enabled !== false;
  const tpm = hasTpm ? [device('tpm', { deviceClass: 'tpm', sourceType: 'tpm' })] : [];
  return [...cdroms, ...gpus, ...hostDevices, ...tpm];
}
