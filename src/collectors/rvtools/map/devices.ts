import { record, type AnyRecord } from '../../../graph/model/index.js';
import type { Cells } from './cells.js';
import { uniqueIds, type Machine } from './machine.js';

interface DeviceSheet {
  readonly deviceClass: string;
  readonly sourceType: string;
}

const sheets = {
  vCD: { deviceClass: 'cdrom', sourceType: 'VirtualCdrom' },
  vUSB: { deviceClass: 'usb', sourceType: 'VirtualUSB' },
} as const satisfies Readonly<Record<string, DeviceSheet>>;

const summaryOf = (row: Cells): string | undefined => row.text('devicetype');

/** CD drives and USB devices: the only other devices that an export has. */
export function mapDevices(machine: Machine): AnyRecord[] {
  const unique = uniqueIds();
  return (['vCD', 'vUSB'] as const).flatMap((sheet) =>
    machine.all(sheet).map((row, place) => {
      const name = row.text('devicenode') ?? `${sheets[sheet].sourceType} ${place + 1}`;
      return record(
        'Device',
        unique(machine.part(sheets[sheet].deviceClass, name)),
        name,
        {
          ...sheets[sheet],
          summary: summaryOf(row),
          connected: row.flag('connected'),
          startConnected: row.flag('startsconnected'),
          busNumber: row.integer('busnumber'),
        },
        { machine: machine.self },
      );
    }),
  );
}

/** Snapshots of a machine. An export does not say which builds on which. */
export function mapSnapshots(machine: Machine): AnyRecord[] {
  const unique = uniqueIds();
  return machine.all('vSnapshot').map((row) => {
    const name = row.text('name') ?? row.text('filename') ?? 'Snapshot';
    return record(
      'Snapshot',
      unique(machine.part('snapshot', row.text('filename') ?? name)),
      name,
      {
        description: row.text('description'),
        createdAt: row.moment('datetime'),
        powerState: row.text('state'),
        quiesced: row.flag('quiesced'),
        sizeBytes: row.bytes('sizemibtotal'),
      },
      { machine: machine.self },
    );
  });
}
