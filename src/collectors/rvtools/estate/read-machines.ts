import { added } from './added-columns.js';
import type { Estate } from './estate.js';
import { ids } from './ids.js';
import type { KnownMachine } from './machines.js';
import type { Whereabouts } from './places.js';
import { withAdded } from './read-places.js';
import { textOf } from './row-text.js';
import type { EntityKind } from '../../../graph/model/index.js';
import { saysYes } from '../said-yes.js';
import type { SheetName } from '../sheets.js';
import type { Row } from '../workbook/cell.js';
import type { OpenExport } from '../workbook/open-export.js';
import { sheetRows } from '../workbook/sheet-rows.js';

/** Id of a machine: its VM ID; older versions give none, and then what tells it from others best. */
function machineId(row: Row, { vCenter, host }: Whereabouts): string | undefined {
  const vmId = textOf(row, 'vmid');
  if (vmId !== undefined) return `${vCenter}/${vmId}`;
  const uuid = textOf(row, 'vmuuid') ?? textOf(row, 'smbiosuuid');
  if (uuid !== undefined) return `${vCenter}/uuid-${uuid.toLowerCase()}`;
  const name = textOf(row, 'vm');
  return name === undefined ? undefined : `${vCenter}/name-${host ?? ''}/${name}`;
}

function poolOf(row: Row, { vCenter }: Whereabouts, estate: Estate): string | undefined {
  const written = textOf(row, 'resourcepool');
  if (written === undefined) return undefined;
  const { pools } = estate.places;
  const byPath = ids.pool(vCenter, written);
  return pools.has(byPath) ? byPath : pools.find(vCenter, written, undefined)?.id;
}

/** vInfo: the machines, to which everything else is joined. */
export async function readMachines(source: OpenExport, estate: Estate): Promise<void> {
  const { places, machines, stage, omissions } = estate;
  for await (const { row, number, custom } of sheetRows(source, 'vInfo')) {
    const where = estate.whereabouts(row);
    const id = machineId(row, where);
    if (id === undefined) {
      const why = 'it has neither a VM ID, nor a UUID, nor a name';
      omissions.row('VirtualMachine', 'vInfo', number, `row ${number}`, why);
      continue;
    }
    const { vCenter, host, cluster, datacenter } = where;
    const known = {
      id,
      vCenter,
      name: textOf(row, 'vm') ?? id,
      uuid: textOf(row, 'vmuuid'),
      host,
      cluster,
      datacenter,
      isTemplate: saysYes(row.template) === true,
    };
    if (!machines.add(known, textOf(row, 'vmid'))) {
      omissions.row('VirtualMachine', 'vInfo', number, known.name, 'it is listed a second time');
      continue;
    }
    estate.dates.look(row);
    places.note(where);
    const datastore = estate.datastoreOf(textOf(row, 'path'), where);
    if (datastore.why !== undefined) {
      omissions.row('VirtualMachine', 'vInfo', number, known.name, datastore.why);
    }
    const more = {
      [added.host]: host === undefined ? undefined : ids.host(vCenter, host),
      [added.folder]: places.noteFolder(vCenter, datacenter, textOf(row, 'folder')),
      [added.datacenter]:
        datacenter === undefined ? undefined : ids.datacenter(vCenter, datacenter),
      [added.pool]: poolOf(row, where, estate),
      [added.datastore]: datastore.id,
      [added.custom]: Object.keys(custom).length === 0 ? undefined : JSON.stringify(custom),
    };
    stage.add('Machine', id, 'vInfo', withAdded(row, more));
  }
}

/** Sheets with rows of machines, and the kind that a row which cannot be joined would have been. */
const childSheets = {
  vCPU: 'VirtualMachine',
  vMemory: 'VirtualMachine',
  vDisk: 'Disk',
  vPartition: 'FileSystem',
  vNetwork: 'Nic',
  vCD: 'Device',
  vUSB: 'Device',
  vSnapshot: 'Snapshot',
  vTools: 'VirtualMachine',
} as const satisfies Partial<Record<SheetName, EntityKind>>;

type ChildSheet = keyof typeof childSheets;

/** What a row of a child sheet names beside its machine. */
function resolved(
  sheet: ChildSheet,
  row: Row,
  machine: KnownMachine,
  estate: Estate,
): { readonly more: Readonly<Record<string, string | undefined>>; readonly why?: string } {
  const where = {
    vCenter: machine.vCenter,
    datacenter: machine.datacenter,
    cluster: machine.cluster,
    host: machine.host,
  };
  if (sheet === 'vDisk') {
    const file = textOf(row, 'diskpath') ?? textOf(row, 'path');
    const { id, why } = estate.datastoreOf(file, where);
    return { more: { [added.datastore]: id }, ...(why === undefined ? {} : { why }) };
  }
  const network = sheet === 'vNetwork' ? textOf(row, 'network') : undefined;
  if (network === undefined) return { more: {} };
  const { id, why } = estate.networkOf(network, textOf(row, 'switch'), where);
  return { more: { [added.network]: id }, ...(why === undefined ? {} : { why }) };
}

/** The other sheets about machines. A row whose machine is not certain is left out and said. */
export async function readMachineSheets(source: OpenExport, estate: Estate): Promise<void> {
  const { machines, stage, omissions } = estate;
  // Object.keys widens to string; the table has no other keys than its own.
  for (const sheet of Object.keys(childSheets) as ChildSheet[]) {
    const kind = childSheets[sheet];
    for await (const { row, number } of sheetRows(source, sheet)) {
      const joined = machines.join(row, estate.statedVCenterOf(row));
      if (joined.machine === undefined) {
        const about = textOf(row, 'vm') ?? textOf(row, 'vmid') ?? `row ${number}`;
        omissions.row(kind, sheet, number, about, joined.why);
        continue;
      }
      estate.dates.look(row);
      const { more, why } = resolved(sheet, row, joined.machine, estate);
      if (why !== undefined) omissions.row(kind, sheet, number, joined.machine.name, why);
      stage.add('Machine', joined.machine.id, sheet, withAdded(row, more));
    }
  }
}
