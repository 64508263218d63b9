import { added } from './added-columns.js';
import type { Estate } from './estate.js';
import { ids } from './ids.js';
import type { Whereabouts } from './places.js';
import { withAdded } from './read-places.js';
import { textOf } from './row-text.js';
import type { EntityKind } from '../../../graph/model/index.js';
import type { SheetName } from '../sheets.js';
import type { Row } from '../workbook/cell.js';
import type { OpenExport } from '../workbook/open-export.js';
import { sheetRows } from '../workbook/sheet-rows.js';

/** Id of a standard switch, which is a part of its host. */
export const standardSwitchId = (host: string, name: string): string => `${host}/vswitch/${name}`;

type More = Readonly<Record<string, string | undefined>>;
type Resolve = (row: Row, where: Whereabouts, host: string, estate: Estate) => More;

const nothing: Resolve = () => ({});

const standardSwitch: Resolve = (row, { vCenter, datacenter }, host, { places }) => {
  const name = textOf(row, 'switch');
  if (name === undefined) return {};
  const id = standardSwitchId(host, name);
  places.standardSwitches.add({ id, vCenter, name, datacenter });
  return { [added.switch]: id };
};

const portGroup: Resolve = (row, where, host, estate) => {
  const { places, stage } = estate;
  const name = textOf(row, 'portgroup');
  if (name === undefined) return {};
  const { vCenter, datacenter } = where;
  const id = ids.standardNetwork(vCenter, datacenter ?? '', name);
  if (places.networks.add({ id, vCenter, name, datacenter, switch: undefined })) {
    stage.add('Network', id, 'made', { [added.variant]: 'standard' });
  }
  estate.clusterUses(places.clusterIdOf(where), { [added.network]: id });
  const switchName = textOf(row, 'switch');
  const switchId = switchName === undefined ? undefined : standardSwitchId(host, switchName);
  const isKnown = switchId !== undefined && places.standardSwitches.has(switchId);
  return { [added.network]: id, [added.switch]: isKnown ? switchId : undefined };
};

/** An uplink is one of a switch of the host, or of a distributed one of that name. */
const uplink: Resolve = (row, { vCenter, datacenter }, host, { places }) => {
  const name = textOf(row, 'switch');
  if (name === undefined) return {};
  const standard = standardSwitchId(host, name);
  if (places.standardSwitches.has(standard)) return { [added.switch]: standard };
  return { [added.switch]: places.switches.find(vCenter, name, datacenter)?.id };
};

const vmkernelNetwork: Resolve = (row, where, _host, estate) => {
  const name = textOf(row, 'portgroup');
  return name === undefined ? {} : { [added.network]: estate.networkOf(name, undefined, where).id };
};

/** In this order: switches before what hangs on them, port groups before who uses them. */
const hostSheets: readonly (readonly [SheetName, EntityKind, Resolve])[] = [
  ['vHBA', 'Host', nothing],
  ['vMultiPath', 'Host', nothing],
  ['vSwitch', 'Switch', standardSwitch],
  ['vPort', 'PortGroup', portGroup],
  ['vNIC', 'PhysicalNic', uplink],
  ['vSC_VMK', 'VmkernelAdapter', vmkernelNetwork],
];

/** The sheets about parts of hosts. A row that names no host is left out and said. */
export async function readHostSheets(source: OpenExport, estate: Estate): Promise<void> {
  for (const [sheet, kind, resolve] of hostSheets) {
    for await (const { row, number } of sheetRows(source, sheet)) {
      const where = estate.whereabouts(row);
      if (where.host === undefined) {
        estate.omissions.row(kind, sheet, number, `row ${number}`, 'it names no host');
        continue;
      }
      const host = ids.host(where.vCenter, where.host);
      estate.places.note(where);
      const more = resolve(row, where, host, estate);
      estate.stage.add('Host', host, sheet, withAdded(row, more));
    }
  }
}
