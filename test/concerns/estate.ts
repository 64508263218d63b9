import { createHash } from 'node:crypto';
import neo4j, { type Driver } from 'neo4j-driver';
import {
  entityId,
  isEntityKind,
  kindDefinition,
  record,
  type AnyRecord,
  type EdgeTarget,
  type EntityKind,
  type EntityRecord,
  type KindProperties,
} from '../../src/graph/index.js';

type Properties = Readonly<Record<string, unknown>>;

/**
 * Properties as a load writes them: numbers of the model are integers but for those it declares as
 * float, and what the record leaves out is removed, but for what other parts derive.
 */
function stored(kind: EntityKind, properties: Properties): Properties {
  const declared = Object.entries(kindDefinition(kind).properties);
  return Object.fromEntries(
    declared
      .filter(([name, { derived }]) => derived !== true || name in properties)
      .map(([name, { type }]) => {
        const value = properties[name] ?? null;
        return [name, typeof value === 'number' && type !== 'float' ? neo4j.int(value) : value];
      }),
  );
}

/** Parts of a machine as a test describes them; ids and names are made up. */
export interface MachineParts {
  readonly disks?: readonly (KindProperties<'Disk'> & { readonly datastore?: string | null })[];
  readonly nics?: readonly (KindProperties<'Nic'> & { readonly network?: string })[];
  readonly devices?: readonly KindProperties<'Device'>[];
  readonly snapshots?: readonly KindProperties<'Snapshot'>[];
  readonly fileSystems?: readonly KindProperties<'FileSystem'>[];
  readonly guestNetworks?: readonly KindProperties<'GuestNetwork'>[];
}

export interface MachineSpec extends MachineParts {
  readonly name?: string;
  readonly host?: string;
  readonly tags?: readonly string[];
  readonly properties?: KindProperties<'VirtualMachine'>;
}

/** Properties of a machine on which no rule fires. */
const sound: KindProperties<'VirtualMachine'> = {
  connectionState: 'connected',
  powerState: 'poweredOn',
  cpuCount: 2,
  memoryMB: 4096,
  changeTrackingEnabled: true,
  guestId: 'rhel9_64Guest',
  guestName: 'Red Hat Enterprise Linux 9 (64-bit)',
  hostName: 'web.example.com',
  toolsRunningStatus: 'guestToolsRunning',
};

const many = (value: EdgeTarget | readonly EdgeTarget[]): readonly EdgeTarget[] =>
  Array.isArray(value) ? (value as readonly EdgeTarget[]) : [value as EdgeTarget];

/**
 * Writes records of the model straight into the database, with the bookkeeping of a sync: what
 * rules and analysis read is there without a collector.
 */
export class Estate {
  sync = 0;

  constructor(
    private readonly driver: Driver,
    readonly source = 'vc',
    private readonly sourceKind = 'vsphere',
  ) {}

  id(kind: EntityKind, externalId: string): string {
    return entityId(this.source, kind, externalId);
  }

  async run(text: string, parameters: Properties = {}): Promise<Record<string, unknown>[]> {
    const { records } = await this.driver.executeQuery(text, parameters, { database: 'neo4j' });
    return records.map((row) => row.toObject());
  }

  /** One sync with these records. Those with an unchanged hash are not written. */
  async load(records: readonly AnyRecord[]): Promise<void> {
    this.sync++;
    await this.run(
      `MERGE (s:Source {id: $id})
       ON CREATE SET s.createdAt = $at, s.lastSync = 0
       SET s.kind = $kind, s.name = $id, s.state = 'saved'`,
      { id: this.source, kind: this.sourceKind, at: new Date().toISOString() },
    );
    const kinds = Map.groupBy(records, ({ kind }) => kind);
    for (const [kind, group] of kinds) await this.write(kind, group);
    for (const [kind, group] of kinds) await this.connect(kind, group);
  }

  /** What a source no longer has becomes a tombstone, as the loader makes it. */
  async remove(kind: EntityKind, externalId: string): Promise<void> {
    this.sync++;
    await this.run(
      `MATCH (n:Entity {id: $id}) REMOVE n:${kind} SET n:Tombstone, n.removedIn = $sync
       WITH n OPTIONAL MATCH (n)-[r:HAS_CONCERN|HELD_BY|AT]-() DELETE r`,
      { id: this.id(kind, externalId), sync: neo4j.int(this.sync) },
    );
  }

  private async write(kind: EntityKind, records: readonly AnyRecord[]): Promise<void> {
    const rows = records.map(({ externalId, name, properties, edges }) => ({
      id: this.id(kind, externalId),
      properties: { ...stored(kind, properties), name, kind, source: this.source },
      hash: createHash('sha1')
        .update(JSON.stringify([name, properties, edges]))
        .digest('hex'),
    }));
    await this.run(
      `UNWIND $rows AS row MERGE (n:Entity {id: row.id})
       WITH n, row WHERE coalesce(n.hash, '') <> row.hash OR n:Tombstone
       REMOVE n:Tombstone
       SET n:${kind}, n += row.properties, n.hash = row.hash, n.changedIn = $sync, n.removedIn = null`,
      { rows, sync: neo4j.int(this.sync) },
    );
  }

  private async connect(kind: EntityKind, records: readonly AnyRecord[]): Promise<void> {
    for (const [field, edge] of Object.entries(kindDefinition(kind).edges)) {
      if ((edge.keeper ?? 'collector') !== 'collector') continue;
      const rows = records.map((each) => ({
        id: this.id(kind, each.externalId),
        ends: this.ends(each, field, edge.to),
      }));
      const [left, right] = edge.direction === 'out' ? ['-', '->'] : ['<-', '-'];
      await this.run(
        `UNWIND $rows AS row MATCH (n:Entity {id: row.id})
         OPTIONAL MATCH (n)${left}[old:${edge.type}]${right}(other)
         WHERE NOT other.id IN row.ends AND any(label IN labels(other) WHERE label IN $kinds)
         DELETE old
         WITH DISTINCT n, row UNWIND row.ends AS end MATCH (m:Entity {id: end})
         MERGE (n)${left}[:${edge.type}]${right}(m)`,
        { rows, kinds: edge.to },
      );
    }
  }

  private ends({ edges }: AnyRecord, field: string, kinds: readonly string[]): string[] {
    const targets = Object.entries(edges).find(([name]) => name === field)?.[1] ?? [];
    return many(targets).flatMap(({ kind, externalId }) => {
      const name = kind ?? kinds[0] ?? '';
      return isEntityKind(name) ? [this.id(name, externalId)] : [];
    });
  }
}

function parts<K extends 'Device' | 'Snapshot' | 'FileSystem' | 'GuestNetwork'>(
  kind: K,
  machine: string,
  list: readonly KindProperties<K>[] | undefined,
  edges: (externalId: string) => EntityRecord<K>['edges'],
): EntityRecord<K>[] {
  return (list ?? []).map((properties, index) =>
    record(kind, `${machine}/${kind}-${index}`, `${kind} ${index}`, properties, edges(machine)),
  );
}

/** Records of one machine and its parts. Host and datastore are `host-1` and `ds-1` if left out. */
export function machine(externalId: string, spec: MachineSpec = {}): AnyRecord[] {
  const owner = { machine: { kind: 'VirtualMachine', externalId } } as const;
  const disks = (spec.disks ?? [{}]).map(({ datastore = 'ds-1', ...properties }, index) =>
    record(
      'Disk',
      `${externalId}/disk-${index}`,
      `Hard disk ${index + 1}`,
      {
        key: 2000 + index,
        file: `[one] ${externalId}/${externalId}_${index}.vmdk`,
        capacityBytes: 10 * 2 ** 30,
        bus: 'scsi',
        mode: 'persistent',
        ...properties,
      },
      datastore === null
        ? owner
        : { ...owner, datastore: { kind: 'Datastore', externalId: datastore } },
    ),
  );
  const nics = (spec.nics ?? []).map(({ network, ...properties }, index) =>
    record('Nic', `${externalId}/nic-${index}`, `Network adapter ${index + 1}`, properties, {
      ...owner,
      ...(network === undefined ? {} : { network: { kind: 'Network', externalId: network } }),
    }),
  );
  const vm = record(
    'VirtualMachine',
    externalId,
    spec.name ?? externalId,
    { ...sound, ...spec.properties },
    {
      host: { kind: 'Host', externalId: spec.host ?? 'host-1' },
      tags: (spec.tags ?? []).map((tag) => ({ kind: 'Tag', externalId: tag })),
      networks: (spec.nics ?? [])
        .flatMap(({ network }) => network ?? [])
        .map((network) => ({ kind: 'Network', externalId: network })),
    },
  );
  return [
    vm,
    ...disks,
    ...nics,
    ...parts('Device', externalId, spec.devices, () => owner),
    ...parts('Snapshot', externalId, spec.snapshots, () => owner),
    ...parts('FileSystem', externalId, spec.fileSystems, () => owner),
    ...parts(
      'GuestNetwork',
      externalId,
      spec.guestNetworks ?? [{ ipAddress: '10.0.0.1' }],
      () => owner,
    ),
  ];
}

/** A cluster with one host and a datastore, on which no rule fires. */
export const ground = (): AnyRecord[] => [
  record('Cluster', 'cluster-1', 'plain', { drsEnabled: false, dpmEnabled: false }, {}),
  record('Host', 'host-1', 'esx1', {}, { cluster: { kind: 'Cluster', externalId: 'cluster-1' } }),
  record('Datastore', 'ds-1', 'one', { accessible: true }, {}),
  record('Network', 'net-1', 'front', {}, {}),
];
