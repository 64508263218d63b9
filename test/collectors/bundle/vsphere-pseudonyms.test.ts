import { describe, expect, it } from 'vitest';
import { Pseudonyms } from '../../../src/collectors/bundle/pseudonyms.js';
import type { RawObject } from '../../../src/collectors/contract.js';
import { vsphereCollector } from '../../../src/collectors/vsphere/index.js';
import { demoEstate } from '../../../src/demo/index.js';
import { kindDefinition, type AnyRecord } from '../../../src/graph/model/index.js';
import { mapped, recordsOf } from '../vsphere/whole-read.js';

const hidden = (object: RawObject): RawObject => ({
  ...object,
  body: new Pseudonyms('key', vsphereCollector.technicalFields).copy(
    object.body,
  ) as RawObject['body'],
});

const estate = [...demoEstate({ machines: 200 })];
const open = recordsOf(estate);
const closed = recordsOf(estate.map(hidden));

/** What somebody could have chosen freely is text; the rest is what rules and plans look at. */
function unnamed({ kind, properties }: AnyRecord): Record<string, unknown> {
  const given: Readonly<Record<string, unknown>> = properties;
  return Object.fromEntries(
    Object.entries(kindDefinition(kind).properties)
      .filter(([, { type, values }]) => !type.startsWith('text') || values !== undefined)
      .map(([name]) => [name, given[name]]),
  );
}

const targets = (records: ReadonlyMap<string, AnyRecord>): number =>
  [...records.values()].reduce((sum, { edges }) => sum + Object.values(edges).flat().length, 0);

describe('an estate with pseudonyms', () => {
  it('keeps every object and relationship, and every value that is not a name', () => {
    const objects = (records: ReadonlyMap<string, AnyRecord>): string[] =>
      [...records.values()].map(({ kind }) => kind).sort();
    expect(objects(closed)).toEqual(objects(open));
    expect(targets(closed)).toBe(targets(open));
    const owners = ['VirtualMachine', 'Template', 'Host', 'Cluster', 'Datastore', 'Nic', 'Disk'];
    for (const [id, record] of open) {
      const other = closed.get(id);
      if (other === undefined || !owners.includes(record.kind)) continue;
      expect(unnamed(other), id).toEqual(unnamed(record));
    }
  });

  it('shows no name in any text, wherever somebody put it', () => {
    const canary = 'zanzibar';
    const plant = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(plant);
      if (typeof value !== 'object' || value === null) return value;
      if ('type' in value && 'value' in value) return value;
      return Object.fromEntries(
        Object.entries(value).map(([field, item]) => {
          // What the reader added holds ids, but for the path.
          if (field.startsWith('$') && field !== '$path') return [field, item];
          const last = (field.split('.').at(-1) ?? '').toLowerCase();
          const isFree =
            typeof item === 'string' &&
            last !== 'key' &&
            vsphereCollector.technicalFields?.has(last) !== true;
          return [field, isFree ? `${item} ${canary}-01/${canary}.vmdk` : plant(item)];
        }),
      );
    };
    for (const object of estate) {
      const body = plant(object.body) as RawObject['body'];
      expect(JSON.stringify(hidden({ ...object, body }))).not.toContain(canary);
    }
  });

  it('shows none of the names of the estate', () => {
    const texts = estate.map((object) => JSON.stringify(hidden(object).body)).join('\n');
    const names = [...open.values()]
      .filter(({ kind }) => ['VirtualMachine', 'Host', 'Datastore', 'Cluster'].includes(kind))
      .map(({ name }) => name)
      .filter((name) => name.length > 5);
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter((name) => texts.includes(name))).toEqual([]);
  });

  it('lets a port group lead to its network and a machine to its adapters', () => {
    const host = estate.find(({ type }) => type === 'HostSystem');
    const groups = (object: RawObject): AnyRecord[] =>
      mapped(object).records.filter(({ kind }) => kind === 'PortGroup');
    const networks = (records: readonly AnyRecord[]): unknown[] =>
      records.map(({ edges }) => ('network' in edges ? edges.network : undefined));
    if (host === undefined) throw new Error('the estate has no host');
    expect(networks(groups(hidden(host)))).toEqual(networks(groups(host)));
  });
});
