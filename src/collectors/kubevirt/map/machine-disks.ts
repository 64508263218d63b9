import { record, to, type EntityRecord } from '../../../graph/model/index.js';
import type { MachineBody } from './machine-body.js';

type Volume = MachineBody['spec']['template']['spec']['volumes'][number];
type Devices = NonNullable<
  NonNullable<MachineBody['spec']['template']['spec']['domain']>['devices']
>;
type Device = Devices['disks'][number];

const buses = ['scsi', 'sata', 'usb', 'virtio'] as const;
type Bus = (typeof buses)[number];

/** KubeVirt takes virtio where a disk says nothing. */
const busOf = (device: Device): Bus | 'unknown' => {
  const word = (device.disk ?? device.lun)?.bus ?? 'virtio';
  return buses.find((bus) => bus === word) ?? 'unknown';
};

const claimOf = (volume: Volume | undefined): string | undefined =>
  volume?.persistentVolumeClaim?.claimName ?? volume?.dataVolume?.name;

/** Disks that hold data: those with a claim. CD-ROMs are devices, and start-up data is neither. */
export const isDataDisk = (device: Device, volume: Volume | undefined): boolean =>
  device.cdrom === undefined && claimOf(volume) !== undefined;

export function mapDisks(
  machine: string,
  { metadata, spec, $claims }: MachineBody,
): EntityRecord<'Disk'>[] {
  const { domain, volumes } = spec.template.spec;
  const byName = new Map(volumes.map((volume) => [volume.name, volume]));
  return (domain?.devices?.disks ?? []).flatMap((device, index) => {
    const volume = byName.get(device.name);
    const claim = claimOf(volume);
    if (claim === undefined || !isDataDisk(device, volume)) return [];
    const facts = $claims?.[claim];
    return [
      record(
        'Disk',
        `${machine}/${device.name}`,
        device.name,
        {
          key: index,
          unitNumber: index,
          file: `${metadata.namespace ?? 'default'}/${claim}`,
          capacityBytes: facts?.capacityBytes,
          bus: busOf(device),
          serial: device.serial,
          sharing: device.shareable === true ? 'sharingMultiWriter' : 'sharingNone',
          rdm: device.lun !== undefined,
          writeThrough: device.cache === 'writethrough',
        },
        {
          machine: to('VirtualMachine', machine),
          ...(facts?.storageClass === undefined || facts.storageClass === ''
            ? {}
            : { datastore: to('StorageClass', facts.storageClass) }),
        },
      ),
    ];
  });
}

/** Undefined where the size of one disk is unknown: a sum without it would be wrong. */
export function sumOfCapacities(disks: readonly EntityRecord<'Disk'>[]): number | undefined {
  let sum = 0;
  for (const { properties } of disks) {
    if (typeof properties.capacityBytes !== 'number') return undefined;
    sum += properties.capacityBytes;
  }
  return sum;
}
