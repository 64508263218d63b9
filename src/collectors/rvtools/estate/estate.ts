import { ids } from './ids.js';
import { Machines } from './machines.js';
import { Omissions } from './omissions.js';
import { DateOrders } from './date-order.js';
import { Places, type Whereabouts } from './places.js';
import { textOf } from './row-text.js';
import { Stage } from './stage.js';
import type { SheetName } from '../sheets.js';
import type { Row } from '../workbook/cell.js';
import type { OpenExport } from '../workbook/open-export.js';

/** Where the export names no vCenter, as short ones do, all of it is taken for one. */
const onlyVCenter = 'vcenter';

/** Ids are paths whose first part is the vCenter. */
const idPart = (text: string | undefined): string | undefined =>
  text?.toLowerCase().replaceAll('/', '_');

/** What an export holds, joined: the index in memory, the rows on disk. */
export class Estate {
  readonly machines: Machines;
  readonly places: Places;
  readonly omissions = new Omissions();
  readonly dates = new DateOrders();
  readonly stage: Stage;
  readonly sheets: ReadonlySet<SheetName>;
  readonly from1904: boolean;
  readonly vCenters = new Set<string>();
  private readonly used = new Map<string, Set<string>>();
  private readonly byServer = new Map<string, string>();

  constructor(source: OpenExport, subject: string) {
    this.machines = new Machines(subject);
    this.places = new Places(subject);
    this.stage = new Stage(source.folder, subject);
    this.sheets = source.sheets;
    this.from1904 = source.from1904;
  }

  /** The vCenter of a row, by its UUID; by its address where versions give none. */
  vCenterOf(row: Row): string {
    const uuid = idPart(textOf(row, 'visdkuuid'));
    const server = idPart(textOf(row, 'visdkserver'));
    if (uuid !== undefined && server !== undefined) this.byServer.set(server, uuid);
    const known = server === undefined ? undefined : (this.byServer.get(server) ?? server);
    const vCenter = uuid ?? known ?? this.single ?? onlyVCenter;
    this.vCenters.add(vCenter);
    return vCenter;
  }

  /** As {@link vCenterOf}, but of a row that may leave it out among several. */
  statedVCenterOf(row: Row): string | undefined {
    const isStated = row.visdkuuid !== undefined || row.visdkserver !== undefined;
    return isStated ? this.vCenterOf(row) : this.single;
  }

  whereabouts(row: Row): Whereabouts {
    const vCenter = this.vCenterOf(row);
    const host = textOf(row, 'host');
    const known = host === undefined ? undefined : this.places.hosts.get(ids.host(vCenter, host));
    return {
      vCenter,
      datacenter: textOf(row, 'datacenter') ?? known?.datacenter,
      cluster: textOf(row, 'cluster') ?? known?.cluster,
      host,
    };
  }

  /** The datastore in `[name] folder/file`, for a machine at the place; none with the reason. */
  datastoreOf(
    file: string | undefined,
    { vCenter, datacenter, host }: Whereabouts,
  ): { readonly id?: string; readonly why?: string } {
    const name = /^\[([^\]]+)\]/u.exec(file ?? '')?.[1];
    if (name === undefined) return {};
    const { datastores } = this.places;
    if (!this.sheets.has('vDatastore')) {
      const id = ids.datastore(vCenter, `${datacenter ?? ''}/${name}`);
      datastores.add({ id, vCenter, name, datacenter, hosts: new Set() });
      return { id };
    }
    const named = datastores.named(vCenter, name);
    const seen = named.length > 1 ? named.filter(({ hosts }) => hosts.has(host ?? '')) : named;
    const [only] = seen;
    if (only !== undefined && seen.length === 1) return { id: only.id };
    const why = named.length === 0 ? 'no datastore' : `${named.length} datastores`;
    return { why: `${why} of vDatastore can be the ${name} of its file` };
  }

  /** The network of that name, as the host or the machine at the place sees it. */
  networkOf(
    name: string,
    switchName: string | undefined,
    { vCenter, datacenter }: Whereabouts,
  ): { readonly id?: string; readonly why?: string } {
    const { networks } = this.places;
    const portGroup = ids.portGroup(vCenter, switchName ?? '', name);
    if (switchName !== undefined && networks.has(portGroup)) return { id: portGroup };
    const standard = ids.standardNetwork(vCenter, datacenter ?? '', name);
    if (networks.has(standard)) return { id: standard };
    const named = networks.named(vCenter, name);
    const local = named.filter((network) => network.datacenter === datacenter);
    const [only] = named.length > 1 ? local : named;
    if (named.length === 0) {
      networks.add({ id: standard, vCenter, name, datacenter, switch: undefined });
      return { id: standard };
    }
    if (only !== undefined && (named.length === 1 || local.length === 1)) return { id: only.id };
    return { why: `${named.length} networks have the name ${name}` };
  }

  /** Notes once that a cluster uses a datastore or a network of one of its hosts. */
  clusterUses(cluster: string | undefined, what: Row): void {
    if (cluster === undefined) return;
    const key = Object.values(what).join();
    const known = this.used.get(cluster) ?? new Set<string>();
    this.used.set(cluster, known);
    if (known.has(key)) return;
    known.add(key);
    this.stage.add('Cluster', cluster, 'made', what);
  }

  private get single(): string | undefined {
    if (this.vCenters.size !== 1) return undefined;
    const [only] = this.vCenters;
    return only;
  }
}
