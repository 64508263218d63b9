import type { EntityKind } from '../../../graph/model/index.js';
import { sheetNames, type SheetName } from '../sheets.js';
import type { OpenExport } from '../workbook/open-export.js';
import { Estate } from './estate.js';
import { readHostSheets } from './read-host-sheets.js';
import { readMachines, readMachineSheets } from './read-machines.js';
import {
  notePools,
  readClusters,
  readDatastores,
  readDistributedSwitches,
  readHosts,
  readPools,
  readPortGroups,
} from './read-places.js';
import { stagePlaces } from './stage-places.js';

/** Sheets of which nothing is kept: figures of the moment, licences, files, advice. */
const unusedSheets: ReadonlySet<SheetName> = new Set([
  'vSource',
  'vLicense',
  'vFileInfo',
  'vHealth',
  'vMetaData',
]);

export const missingSheets = (sheets: ReadonlySet<SheetName>): readonly SheetName[] =>
  sheetNames.filter((sheet) => !sheets.has(sheet) && !unusedSheets.has(sheet));

/** In this order, since each step looks up what those before it have found. */
const steps = [
  readDatastores,
  notePools,
  readHosts,
  readMachines,
  readClusters,
  readPools,
  readDistributedSwitches,
  readPortGroups,
  readHostSheets,
  readMachineSheets,
] as const;

/**
 * Reads an export from its first row to its last and joins the rows of each object.
 *
 * @throws RvtoolsError where it is damaged or larger than any export.
 */
export async function readEstate(
  source: OpenExport,
  subject: string,
  signal: AbortSignal,
): Promise<Estate> {
  const estate = new Estate(source, subject);
  for (const sheet of missingSheets(source.sheets)) {
    estate.omissions.add({ kind: 'source', what: `sheet ${sheet}`, why: 'the export has none' });
  }
  for (const step of steps) {
    signal.throwIfAborted();
    await step(source, estate);
  }
  stagePlaces(estate);
  return estate;
}

/** Objects of each kind that the export has; parts of machines come and go with them. */
export function countsOf({ machines, places }: Estate): Partial<Record<EntityKind, number>> {
  const { machines: count, templates } = machines.counts;
  return {
    VirtualMachine: count,
    Template: templates,
    Host: places.hosts.size,
    Cluster: places.clusters.size,
    Datacenter: places.datacenters.size,
    Folder: places.folders.size,
    Datastore: places.datastores.size,
    DatastoreCluster: places.datastoreClusters.size,
    ResourcePool: places.pools.size,
    Network: places.networks.size,
    Switch: places.switches.size + places.standardSwitches.size,
  };
}
