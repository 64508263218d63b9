import { added, joinedIds } from './added-columns.js';
import type { Estate } from './estate.js';
import { ids } from './ids.js';
import { textOf } from './row-text.js';
import type { Row } from '../workbook/cell.js';
import type { OpenExport } from '../workbook/open-export.js';
import { listed } from '../listed.js';
import { sheetRows } from '../workbook/sheet-rows.js';

/** Adds what is known to a row; what is `undefined` stays out. */
export const withAdded = (row: Row, more: Readonly<Record<string, string | undefined>>): Row => {
  const filled = Object.entries(more).flatMap(([column, value]) =>
    value === undefined ? [] : [[column, value] as const],
  );
  return filled.length === 0 ? row : { ...row, ...Object.fromEntries(filled) };
};

/** vDatastore, before anything that lies on a datastore. */
export async function readDatastores(source: OpenExport, estate: Estate): Promise<void> {
  const { places, omissions, stage } = estate;
  for await (const { row, number } of sheetRows(source, 'vDatastore')) {
    const name = textOf(row, 'name');
    if (name === undefined) continue;
    const vCenter = estate.vCenterOf(row);
    const hosts = new Set(listed(textOf(row, 'hosts')));
    const id = ids.datastore(vCenter, textOf(row, 'objectid') ?? textOf(row, 'url') ?? name);
    if (!places.datastores.add({ id, vCenter, name, datacenter: undefined, hosts })) {
      omissions.row('Datastore', 'vDatastore', number, name, 'it is listed a second time');
      continue;
    }
    const cluster = textOf(row, 'clustername');
    const clusterId = cluster === undefined ? undefined : ids.datastoreCluster(vCenter, cluster);
    if (cluster !== undefined && clusterId !== undefined) {
      const place = { id: clusterId, vCenter, name: cluster, datacenter: undefined };
      if (places.datastoreClusters.add(place)) {
        stage.add('DatastoreCluster', clusterId, 'made', { ...row, [added.name]: cluster });
      }
    }
    stage.add(
      'Datastore',
      id,
      'vDatastore',
      withAdded(row, { [added.datastoreCluster]: clusterId }),
    );
  }
}

const poolKey = (row: Row): string | undefined =>
  textOf(row, 'resourcepoolpath') ?? textOf(row, 'resourcepoolname');

/** Names of the resource pools, before the machines that are in them. */
export async function notePools(source: OpenExport, estate: Estate): Promise<void> {
  for await (const { row } of sheetRows(source, 'vRP')) {
    const path = poolKey(row);
    if (path === undefined) continue;
    const vCenter = estate.vCenterOf(row);
    const name = textOf(row, 'resourcepoolname') ?? path.split('/').at(-1) ?? path;
    estate.places.pools.add({ id: ids.pool(vCenter, path), vCenter, name, datacenter: undefined });
  }
}

/** vRP, after the clusters that stand in its paths. */
export async function readPools(source: OpenExport, estate: Estate): Promise<void> {
  const { places, stage, omissions } = estate;
  const seen = new Set<string>();
  for await (const { row, number } of sheetRows(source, 'vRP')) {
    const path = poolKey(row);
    if (path === undefined) continue;
    const vCenter = estate.vCenterOf(row);
    const id = ids.pool(vCenter, path);
    if (seen.has(id)) {
      omissions.row('ResourcePool', 'vRP', number, path, 'it is listed a second time');
      continue;
    }
    seen.add(id);
    const parts = path.split('/').filter((part) => part !== '');
    const datacenter = parts.find((part) => places.datacenters.has(ids.datacenter(vCenter, part)));
    const cluster = parts
      .slice(0, -1)
      .flatMap((part) => places.clusters.find(vCenter, part, datacenter) ?? [])[0];
    const above = ids.pool(vCenter, path.slice(0, path.lastIndexOf('/')));
    stage.add(
      'ResourcePool',
      id,
      'vRP',
      withAdded(row, {
        [added.cluster]: cluster?.id,
        [added.pool]: places.pools.has(above) ? above : undefined,
        [added.name]: places.pools.get(id)?.name,
      }),
    );
  }
}

export async function readHosts(source: OpenExport, estate: Estate): Promise<void> {
  const { places, stage, omissions } = estate;
  const seen = new Set<string>();
  for await (const { row, number } of sheetRows(source, 'vHost')) {
    const where = estate.whereabouts(row);
    if (where.host === undefined) continue;
    const id = ids.host(where.vCenter, where.host);
    if (seen.has(id)) {
      omissions.row('Host', 'vHost', number, where.host, 'it is listed a second time');
      continue;
    }
    seen.add(id);
    estate.dates.look(row);
    places.note(where);
    if (where.cluster === undefined) places.noteStandalone(where);
    stage.add('Host', id, 'vHost', row);
  }
}

/** vCluster names no datacenter: a cluster is found by its hosts and machines, which do. */
export async function readClusters(source: OpenExport, estate: Estate): Promise<void> {
  const { places, stage, omissions } = estate;
  for await (const { row, number } of sheetRows(source, 'vCluster')) {
    const name = textOf(row, 'name');
    if (name === undefined) continue;
    const vCenter = estate.vCenterOf(row);
    const named = places.clusters.named(vCenter, name);
    if (named.length > 1) {
      const why = `${named.length} datacenters have a cluster of that name`;
      omissions.row('Cluster', 'vCluster', number, name, why);
      continue;
    }
    const id = named[0]?.id ?? ids.cluster(vCenter, '', name);
    places.clusters.add({ id, vCenter, name, datacenter: undefined });
    stage.add('Cluster', id, 'vCluster', row);
  }
}

export async function readDistributedSwitches(source: OpenExport, estate: Estate): Promise<void> {
  const { places, stage, omissions } = estate;
  for await (const { row, number } of sheetRows(source, 'dvSwitch')) {
    const name = textOf(row, 'switch') ?? textOf(row, 'name');
    if (name === undefined) continue;
    const { vCenter, datacenter } = estate.whereabouts(row);
    if (datacenter !== undefined) places.noteDatacenter(vCenter, datacenter);
    const id = ids.distributedSwitch(vCenter, datacenter ?? '', name);
    const hosts = listed(textOf(row, 'hostmembers'))
      .map((host) => ids.host(vCenter, host))
      .filter((host) => places.hosts.has(host));
    if (!places.switches.add({ id, vCenter, name, datacenter, hosts })) {
      omissions.row('Switch', 'dvSwitch', number, name, 'it is listed a second time');
      continue;
    }
    const more = {
      [added.hosts]: joinedIds(hosts),
      [added.name]: name,
      [added.datacenter]:
        datacenter === undefined ? undefined : ids.datacenter(vCenter, datacenter),
    };
    stage.add('DistributedSwitch', id, 'dvSwitch', withAdded(row, more));
  }
}

/** dvPort names the switch alone, and not its datacenter. */
export async function readPortGroups(source: OpenExport, estate: Estate): Promise<void> {
  const { places, stage, omissions } = estate;
  for await (const { row, number } of sheetRows(source, 'dvPort')) {
    const name = textOf(row, 'port');
    if (name === undefined) continue;
    const vCenter = estate.vCenterOf(row);
    const switchName = textOf(row, 'switch');
    const id = ids.portGroup(vCenter, switchName ?? '', name);
    const candidates = switchName === undefined ? [] : places.switches.named(vCenter, switchName);
    const only = candidates.length === 1 ? candidates[0] : undefined;
    const datacenter = only?.datacenter;
    if (!places.networks.add({ id, vCenter, name, datacenter, switch: only?.id })) {
      omissions.row('Network', 'dvPort', number, name, 'its switch has a second one of the name');
      continue;
    }
    if (candidates.length > 1) {
      const why = `${candidates.length} distributed switches have the name ${switchName ?? ''}`;
      omissions.row('Network', 'dvPort', number, name, why);
    }
    stage.add('Network', id, 'dvPort', withAdded(row, { [added.switch]: only?.id }));
  }
}
