import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import { known } from '../../vsphere/map/edges.js';
import { added } from '../estate/added-columns.js';
import type { Cells } from './cells.js';
import { uniqueIds, type Machine } from './machine.js';

const buses: readonly (readonly [RegExp, string])[] = [
  [/nvme/iu, 'nvme'],
  [/sata|ahci/iu, 'sata'],
  [/scsi|lsi|buslogic|pvscsi/iu, 'scsi'],
  [/ide/iu, 'ide'],
  [/usb/iu, 'usb'],
];

/** The bus of a controller by its label, for instance `SCSI controller 0`. */
const busOf = (controller: string | undefined): string =>
  buses.find(([pattern]) => pattern.test(controller ?? ''))?.[1] ?? 'unknown';

const busNumber = (controller: string | undefined): number | undefined => {
  const number = /(\d{1,2})$/u.exec(controller ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
};

const rdmModes = ['virtualMode', 'physicalMode'] as const;

export const diskId = (machine: Machine, row: Cells): string =>
  machine.part('disk', row.text('diskkey') ?? row.first('disk', 'label') ?? '');

/** The virtual disks of a machine, in the order of the sheet. */
export function mapDisks(machine: Machine): AnyRecord[] {
  const unique = uniqueIds();
  return machine.all('vDisk').map((row) => {
    const controller = row.text('controller');
    const datastore = row.text(added.datastore);
    return record(
      'Disk',
      unique(diskId(machine, row)),
      row.first('disk', 'label', 'diskkey') ?? 'Disk',
      {
        key: row.integer('diskkey'),
        file: row.first('diskpath', 'path'),
        capacityBytes: row.bytes('capacitymib'),
        bus: busOf(controller),
        controllerBusNumber: busNumber(controller),
        unitNumber: row.integer('unit#') ?? row.integer('scsiunit#'),
        controllerSharing: row.text('sharedbus'),
        mode: row.text('diskmode'),
        sharing: row.text('sharingmode'),
        thinProvisioned: row.flag('thin'),
        eagerlyScrub: row.flag('eagerlyscrub'),
        writeThrough: row.flag('writethrough'),
        rdm: row.flag('raw'),
        rdmCompatibility: row.oneOf('rawcompmode', rdmModes) ?? row.text('rawcompmode'),
        lunUuid: row.text('rawlunid'),
        serial: row.text('diskuuid'),
      },
      known({
        machine: machine.self,
        datastore: datastore === undefined ? undefined : to('Datastore', datastore),
      }),
    );
  });
}

/** The file systems inside the guest, with the disks that the guest agent found below them. */
export function mapFileSystems(machine: Machine): AnyRecord[] {
  const disks = new Map(
    machine.all('vDisk').map((row) => [row.text('diskkey') ?? '', diskId(machine, row)]),
  );
  const records = new Map<string, AnyRecord>();
  for (const row of machine.all('vPartition')) {
    const path = row.text('disk');
    if (path === undefined) continue;
    const keys = (row.text('diskkey') ?? '').split(/[,; ]+/u).filter((key) => /^[1-9]/u.test(key));
    const id = machine.part('fs', path);
    records.set(
      id,
      record(
        'FileSystem',
        id,
        path,
        {
          path,
          capacityBytes: row.bytes('capacitymib'),
          freeBytes: row.bytes('freemib'),
          diskKeys: keys,
        },
        {
          machine: machine.self,
          disks: keys.flatMap((key) => {
            const disk = disks.get(key);
            return disk === undefined ? [] : [to('Disk', disk)];
          }),
        },
      ),
    );
  }
  return [...records.values()];
}
