import { added } from './added-columns.js';
import type { Estate } from './estate.js';
import { ids } from './ids.js';
import { withAdded } from './read-places.js';

function stageDatacenters({ places, stage }: Estate): void {
  for (const { id, name } of places.datacenters.all) {
    stage.add('Datacenter', id, 'made', { [added.name]: name });
  }
}

/** Folders of machines, each below the one above it, the first below its datacenter. */
function stageFolders({ places, stage }: Estate): void {
  for (const { id, vCenter, name, datacenter = '', path } of places.folders.all) {
    const above = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    const more =
      above === ''
        ? { [added.datacenter]: ids.datacenter(vCenter, datacenter) }
        : { [added.folder]: ids.folder(vCenter, datacenter, above) };
    stage.add('Folder', id, 'made', withAdded({ [added.name]: name, [added.path]: path }, more));
  }
}

function stageClusters({ places, stage }: Estate): void {
  for (const { id, vCenter, name, datacenter } of places.clusters.all) {
    const more = {
      [added.datacenter]:
        datacenter === undefined ? undefined : ids.datacenter(vCenter, datacenter),
      [added.variant]: id === ids.standalone(vCenter, name) ? 'standalone' : 'cluster',
    };
    stage.add('Cluster', id, 'made', withAdded({ [added.name]: name }, more));
  }
}

function stageHosts({ places, stage }: Estate): void {
  for (const { id, vCenter, name, datacenter, cluster } of places.hosts.all) {
    const clusterId = places.clusterIdOf({ vCenter, datacenter, cluster, host: name });
    stage.add(
      'Host',
      id,
      'made',
      withAdded({ [added.name]: name }, { [added.cluster]: clusterId }),
    );
  }
}

function stageDatastores(estate: Estate): void {
  const { places, stage } = estate;
  for (const { id, vCenter, name, hosts } of places.datastores.all) {
    stage.add('Datastore', id, 'made', { [added.name]: name });
    for (const hostName of hosts) {
      const host = places.hosts.get(ids.host(vCenter, hostName));
      if (host === undefined) continue;
      stage.add('Host', host.id, 'made', { [added.datastore]: id });
      const cluster = places.clusterIdOf({ ...host, host: host.name });
      estate.clusterUses(cluster, { [added.datastore]: id });
    }
  }
}

/** A port group is offered by every host that its distributed switch spans. */
function stageNetworks(estate: Estate): void {
  const { places, stage } = estate;
  for (const { id, vCenter, name, datacenter, switch: switchId } of places.networks.all) {
    for (const hostId of places.switches.get(switchId ?? '')?.hosts ?? []) {
      const host = places.hosts.get(hostId);
      if (host === undefined) continue;
      stage.add('Host', hostId, 'made', { [added.network]: id });
      const cluster = places.clusterIdOf({ ...host, host: host.name });
      estate.clusterUses(cluster, { [added.network]: id });
    }
    const more = {
      [added.datacenter]:
        datacenter === undefined ? undefined : ids.datacenter(vCenter, datacenter),
    };
    stage.add('Network', id, 'made', withAdded({ [added.name]: name }, more));
  }
}

/** Places that have no sheet of their own, and what the sheets say of them from elsewhere. */
export function stagePlaces(estate: Estate): void {
  stageDatacenters(estate);
  stageFolders(estate);
  stageClusters(estate);
  stageHosts(estate);
  stageDatastores(estate);
  stageNetworks(estate);
}
