import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import { deviceKey, type Machine } from './machine.js';

/** The file systems inside the guest. One that is mounted twice at a path is reported twice. */
export function mapFileSystems(machine: Machine): AnyRecord[] {
  const disks = new Set(machine.disks.map(deviceKey));
  const records = new Map<string, AnyRecord>();
  for (const fileSystem of machine.fields.objects('guest.disk')) {
    const path = fileSystem.filled('diskPath');
    if (path === undefined) continue;
    const keys = fileSystem
      .objects('mappings')
      .flatMap((mapping) => mapping.integer('key') ?? [])
      // Agents report 0 where they could not find the disk.
      .filter((key) => key !== 0);
    const id = machine.part('fs', path);
    records.set(
      id,
      record(
        'FileSystem',
        id,
        path,
        {
          path,
          type: fileSystem.filled('filesystemType'),
          capacityBytes: fileSystem.integer('capacity'),
          freeBytes: fileSystem.integer('freeSpace'),
          diskKeys: keys.map(String),
        },
        {
          machine: machine.self,
          disks: keys.filter((key) => disks.has(key)).map((key) => to('Disk', machine.part(key))),
        },
      ),
    );
  }
  return [...records.values()];
}
