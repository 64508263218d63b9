import { record, type AnyRecord } from '../../../graph/model/index.js';
import { busOf } from './device-class.js';
import { edgeTo, known } from './edges.js';
import type { Fields } from './fields.js';
import type { FileLayout } from './file-layout.js';
import { deviceKey, type Machine } from './machine.js';

const bytesOfKilobyte = 1024;

/** Raw device mappings and the disks that name a raw device without one. */
const isRaw = (backing: Fields): boolean => /Raw(?:DiskMapping|DiskVer2)/u.test(backing.class);

/** Letters of Windows drives by the key of the disk they lie on. */
function driveLetters(machine: Machine): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const fileSystem of machine.fields.objects('guest.disk')) {
    const letter = /^[A-Za-z]:/u.exec(fileSystem.text('diskPath') ?? '')?.[0];
    for (const mapping of fileSystem.objects('mappings')) {
      const key = mapping.integer('key');
      if (letter !== undefined && key !== undefined && !letters.has(key)) letters.set(key, letter);
    }
  }
  return letters;
}

function changeTracking(machine: Machine, bus: string, place: string | undefined): boolean {
  // vSphere keeps the switch of a disk as an advanced setting alone; unset means off.
  return place !== undefined && machine.switchedOn(`${bus}${place}.ctkEnabled`) === true;
}

const capacity = (disk: Fields): number | undefined => {
  const bytes = disk.integer('capacityInBytes');
  const kilobytes = disk.integer('capacityInKB');
  return bytes ?? (kilobytes === undefined ? undefined : kilobytes * bytesOfKilobyte);
};

const backingProperties = (backing: Fields): Record<string, string | boolean | undefined> => ({
  file: backing.filled('fileName'),
  mode: backing.filled('diskMode'),
  thinProvisioned: backing.flag('thinProvisioned'),
  eagerlyScrub: backing.flag('eagerlyScrub'),
  writeThrough: backing.flag('writeThrough'),
  sharing: backing.filled('sharing'),
  rdm: isRaw(backing),
  rdmCompatibility: backing.filled('compatibilityMode'),
  lunUuid: backing.filled('lunUuid'),
  deviceName: backing.filled('deviceName'),
  parentFile: backing.part('parent').filled('fileName'),
  changeId: backing.filled('changeId'),
  serial: backing.filled('uuid'),
  encrypted: backing.has('keyId'),
  vvolId: backing.filled('backingObjectId'),
});

/** The virtual disks of a machine, in the order of its devices. */
export function mapDisks(machine: Machine, layout: FileLayout): AnyRecord[] {
  const controllers = new Map(machine.devices.map((device) => [deviceKey(device), device]));
  const letters = driveLetters(machine);
  return machine.disks.map((disk) => {
    const key = deviceKey(disk);
    const backing = disk.part('backing');
    const controllerKey = disk.integer('controllerKey');
    const controller = controllerKey === undefined ? undefined : controllers.get(controllerKey);
    const bus = busOf(controller);
    const busNumber = controller?.integer('busNumber');
    const unitNumber = disk.integer('unitNumber');
    const place =
      busNumber === undefined || unitNumber === undefined
        ? undefined
        : `${busNumber}:${unitNumber}`;
    return record(
      'Disk',
      machine.part(key),
      disk.part('deviceInfo').filled('label') ?? `Disk ${key}`,
      {
        ...backingProperties(backing),
        key,
        capacityBytes: capacity(disk),
        allocatedBytes: layout.bytesOfDisk(key),
        bus,
        controllerKey,
        controllerType: controller?.class,
        controllerBusNumber: busNumber,
        unitNumber,
        controllerSharing: controller?.filled('sharedBus'),
        changeTrackingEnabled: changeTracking(machine, bus, place),
        winDriveLetter: letters.get(key),
      },
      known({
        machine: machine.self,
        datastore: edgeTo('Datastore', backing.reference('datastore')),
      }),
    );
  });
}
