import { digest } from '../digest.js';
import { volumeName } from '../names/object-names.js';
import type { DiskFacts, MachineFacts } from '../source/machine-facts.js';
import type { Blueprint } from './blueprint.js';
import type { JsonObject } from './manifest.js';

/** Order in which a VMware BIOS looks for disks, by bus. */
const busOrder = ['scsi', 'sata', 'ide', 'nvme'];

const rankOf = ({ bus }: DiskFacts): number => {
  const rank = busOrder.indexOf(bus ?? '');
  return rank < 0 ? busOrder.length : rank;
};

/** Disks in the order of bus, controller, place on it and key: the first is booted from. */
export function orderedDisks({ disks }: Pick<MachineFacts, 'disks'>): readonly DiskFacts[] {
  const places = (disk: DiskFacts): readonly number[] => [
    rankOf(disk),
    disk.controllerBusNumber ?? 0,
    disk.unitNumber ?? 0,
    disk.key ?? 0,
  ];
  const compare = (one: DiskFacts, other: DiskFacts): number => {
    const others = places(other);
    const difference = places(one)
      .map((place, index) => place - (others[index] ?? 0))
      .find((step) => step !== 0);
    return difference ?? (one.id < other.id ? -1 : 1);
  };
  return [...disks].sort(compare);
}

/** Disks that the plan takes along. */
export const migratedDisks = ({ machine, options }: Blueprint): readonly DiskFacts[] =>
  orderedDisks(machine).filter((disk) => options.migrateSharedDisks || disk.shared !== true);

/** Some guests show only the first 20 characters of a serial; KubeVirt takes these characters alone. */
function serialOf(disk: DiskFacts): string {
  const serial = (disk.serial ?? '').toLowerCase().replace(/[^a-z0-9_.+-]/gu, '');
  return serial === '' ? digest(disk.id, 20) : serial.slice(0, 256);
}

export function diskDevicesOf(blueprint: Blueprint): readonly JsonObject[] {
  const { choices } = blueprint;
  const bus = choices.compatibilityMode.value ? 'sata' : 'virtio';
  return migratedDisks(blueprint).map((disk, index) => ({
    name: `vol-${index}`,
    disk: { bus },
    serial: serialOf(disk),
    ...(index === choices.bootDisk ? { bootOrder: 1 } : {}),
    // Each machine's own cache would hide what the other one writes.
    ...(disk.shared === true ? { shareable: true, cache: 'none' } : {}),
  }));
}

export const volumesOf = (blueprint: Blueprint): readonly JsonObject[] =>
  migratedDisks(blueprint).map((_disk, index) => ({
    name: `vol-${index}`,
    persistentVolumeClaim: { claimName: volumeName(blueprint.choices.targetName, index) },
  }));
