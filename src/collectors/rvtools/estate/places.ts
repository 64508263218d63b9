import { decodedName } from '../../vsphere/inventory-name.js';
import { ids } from './ids.js';
import { NamedPlaces, PlaceBudget, type Place } from './named-places.js';

export interface HostPlace extends Place {
  readonly cluster: string | undefined;
}

export interface DatastorePlace extends Place {
  /** Hosts by name, where vDatastore tells. */
  readonly hosts: ReadonlySet<string>;
}

export interface FolderPlace extends Place {
  readonly path: string;
}

export interface NetworkPlace extends Place {
  /** Id of the distributed switch, where it is certain. */
  readonly switch: string | undefined;
}

export interface SwitchPlace extends Place {
  /** Ids of the hosts that it spans. */
  readonly hosts: readonly string[];
}

/** Where a row says that something is. */
export interface Whereabouts {
  readonly vCenter: string;
  readonly datacenter: string | undefined;
  readonly cluster: string | undefined;
  readonly host: string | undefined;
}

const mostFolders = 64;

/** Every place that an export names, so that rows can be led to it. */
export class Places {
  private readonly budget: PlaceBudget;
  readonly datacenters: NamedPlaces;
  readonly clusters: NamedPlaces;
  readonly hosts: NamedPlaces<HostPlace>;
  readonly datastores: NamedPlaces<DatastorePlace>;
  readonly datastoreClusters: NamedPlaces;
  readonly folders: NamedPlaces<FolderPlace>;
  readonly pools: NamedPlaces;
  readonly networks: NamedPlaces<NetworkPlace>;
  readonly switches: NamedPlaces<SwitchPlace>;
  /** Standard switches of hosts; they are parts of their hosts and counted alone. */
  readonly standardSwitches: NamedPlaces;

  constructor(subject: string) {
    this.budget = new PlaceBudget(subject);
    const places = <P extends Place>(): NamedPlaces<P> => new NamedPlaces<P>(this.budget);
    this.datacenters = places();
    this.clusters = places();
    this.hosts = places();
    this.datastores = places();
    this.datastoreClusters = places();
    this.folders = places();
    this.pools = places();
    this.networks = places();
    this.switches = places();
    this.standardSwitches = places();
  }

  /** Keeps the datacenter, cluster and host that a row names. */
  note({ vCenter, datacenter, cluster, host }: Whereabouts): void {
    if (datacenter !== undefined) this.noteDatacenter(vCenter, datacenter);
    if (cluster !== undefined) {
      const id = ids.cluster(vCenter, datacenter ?? '', cluster);
      this.clusters.add({ id, vCenter, name: cluster, datacenter });
    }
    if (host === undefined) return;
    this.hosts.add({ id: ids.host(vCenter, host), vCenter, name: host, datacenter, cluster });
  }

  /** Keeps a host that vHost shows without a cluster as a cluster of its own. */
  noteStandalone({ vCenter, datacenter, host }: Whereabouts): void {
    if (host === undefined) return;
    const id = ids.standalone(vCenter, host);
    this.clusters.add({ id, vCenter, name: host, datacenter });
  }

  noteDatacenter(vCenter: string, name: string): void {
    const id = ids.datacenter(vCenter, name);
    this.datacenters.add({ id, vCenter, name, datacenter: undefined });
  }

  /** Keeps a folder of machines with all above it, and gives its id; none for the top. */
  noteFolder(
    vCenter: string,
    datacenter: string | undefined,
    written: string | undefined,
  ): string | undefined {
    if (written === undefined || datacenter === undefined) return undefined;
    const parts = folderParts(written, datacenter);
    let id: string | undefined;
    for (const [place, name] of parts.entries()) {
      const path = parts.slice(0, place + 1).join('/');
      id = ids.folder(vCenter, datacenter, path);
      this.folders.add({ id, vCenter, name: decodedName(name), datacenter, path });
    }
    return id;
  }

  /** The cluster that something is in; a host without one may be its own. */
  clusterIdOf({ vCenter, datacenter, cluster, host }: Whereabouts): string | undefined {
    if (cluster !== undefined) return ids.cluster(vCenter, datacenter ?? '', cluster);
    const own = host === undefined ? undefined : ids.standalone(vCenter, host);
    return own !== undefined && this.clusters.has(own) ? own : undefined;
  }
}

/** Folder that holds the machines of a datacenter. */
const top = 'vm';

/** Parts of a folder's path. Versions differ in whether the datacenter and `vm` stand in front. */
function folderParts(written: string, datacenter: string): readonly string[] {
  const parts = written.split('/').filter((part) => part !== '');
  if (decodedName(parts[0] ?? '') === datacenter) parts.shift();
  if (parts[0] === top) parts.shift();
  return [top, ...parts.slice(0, mostFolders)];
}
