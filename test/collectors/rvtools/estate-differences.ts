import type { AnyRecord, EdgeTarget } from '../../../src/graph/index.js';

/** Kinds that an export has objects of, and what tells them apart in both estates. */
type Key = (record: AnyRecord, estate: Estate) => string;

class Estate {
  private readonly byId = new Map<string, AnyRecord>();

  constructor(readonly records: readonly AnyRecord[]) {
    for (const record of records) this.byId.set(`${record.kind} ${record.externalId}`, record);
  }

  target({ kind, externalId }: EdgeTarget): AnyRecord | undefined {
    return this.byId.get(`${kind ?? ''} ${externalId}`);
  }

  /** Each object once: several raw objects may give one VLAN. */
  get all(): Iterable<AnyRecord> {
    return this.byId.values();
  }

  /** Key of the object that a relationship of a record leads to. */
  owner(record: AnyRecord, edge: string): string {
    const targets = Object.entries(record.edges).find(([name]) => name === edge)?.[1] ?? [];
    const [first] = [targets].flat();
    const found = first === undefined ? undefined : this.target(first);
    return found === undefined ? '' : keyOf(found, this);
  }
}

const property = (record: AnyRecord, name: string): string =>
  String(Object.entries(record.properties).find(([each]) => each === name)?.[1] ?? '');

const machine: Key = ({ externalId }) => externalId.split('/').at(-1) ?? '';
const ofMachine =
  (...names: readonly string[]): Key =>
  (record, estate) =>
    [estate.owner(record, 'machine'), ...names.map((name) => property(record, name))].join(' ');
const named: Key = ({ name }) => name;
const ofHost: Key = (record, estate) => `${estate.owner(record, 'host')} ${record.name}`;

const keys: Readonly<Partial<Record<AnyRecord['kind'], Key>>> = {
  VirtualMachine: machine,
  Template: machine,
  Disk: ofMachine('key'),
  Nic: ofMachine('mac'),
  GuestNetwork: ofMachine('mac', 'ipAddress'),
  Snapshot: (record, estate) =>
    `${ofMachine('createdAt', 'sizeBytes')(record, estate)} ${record.name}`,
  FileSystem: ofMachine('path'),
  Device: (record, estate) => `${estate.owner(record, 'machine')} ${record.name}`,
  Datacenter: named,
  Cluster: named,
  Host: named,
  Datastore: named,
  DatastoreCluster: named,
  Folder: (record) => property(record, 'path'),
  ResourcePool: (record, estate) => `${estate.owner(record, 'cluster')} ${record.name}`,
  Network: (record, estate) =>
    `${estate.owner(record, 'parent').split('/')[0] ?? ''} ${record.name}`,
  Switch: ofHost,
  PortGroup: ofHost,
  PhysicalNic: ofHost,
  VmkernelAdapter: ofHost,
  Vlan: named,
};

const keyOf = (record: AnyRecord, estate: Estate): string =>
  keys[record.kind]?.(record, estate) ?? `${record.kind} ${record.externalId}`;

const comparable = (value: unknown): string => {
  if (value === undefined) return 'undefined';
  return JSON.stringify(Array.isArray(value) ? value.map(String).sort() : value);
};

/** A record as properties and, under `edge:`, the keys of what it leads to. */
function facts(record: AnyRecord, estate: Estate): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(record.properties)) {
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) {
      found.set(name, comparable(value));
    }
  }
  for (const [name, targets] of Object.entries(record.edges)) {
    const all = [targets].flat().map((target) => {
      const other = estate.target(target);
      return other === undefined ? '?' : `${other.kind} ${keyOf(other, estate)}`;
    });
    if (all.length > 0) found.set(`edge:${name}`, comparable([...new Set(all)]));
  }
  return found;
}

/**
 * Kinds with what differs in at least one of their objects: names of properties, `edge:` and the
 * name of a relationship, `missing` for objects that did not come back, `new` for those that came.
 */
export function differences(
  before: readonly AnyRecord[],
  after: readonly AnyRecord[],
): Record<string, string[]> {
  const [one, other] = [new Estate(before), new Estate(after)];
  const differing = new Map<string, Set<string>>();
  const note = (kind: string, what: string): void => {
    differing.set(kind, (differing.get(kind) ?? new Set<string>()).add(what));
  };
  const found = Map.groupBy(other.all, (each) => `${each.kind} ${keyOf(each, other)}`);
  for (const record of one.all) {
    const key = `${record.kind} ${keyOf(record, one)}`;
    const again = found.get(key)?.shift();
    if (again === undefined) {
      note(record.kind, 'missing');
      continue;
    }
    const [was, is] = [facts(record, one), facts(again, other)];
    for (const name of new Set([...was.keys(), ...is.keys()])) {
      if (was.get(name) !== is.get(name)) note(record.kind, name);
    }
    if (record.name !== again.name) note(record.kind, 'name');
  }
  for (const { kind } of [...found.values()].flat()) note(kind, 'new');
  return Object.fromEntries(
    [...differing]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([kind, names]) => [kind, [...names].sort()]),
  );
}
