import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SyncEngine } from '../../src/collectors/engine/index.js';
import type { VsphereRawObject } from '../../src/collectors/vsphere/raw.js';
import { demoCollector, demoEstate } from '../../src/demo/index.js';
import type { Graph } from '../../src/graph/index.js';
import { startTestApi, type TestApi } from './api.js';
import { demoSize, openDemoGraph, plainRows } from './demo-graph.js';

interface Difference {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly type: string;
  readonly fields: Readonly<Record<string, { readonly old: unknown; readonly new: unknown }>>;
}

let graph: Graph;
let api: TestApi;
let before: ReadonlyMap<string, string>;
let after: ReadonlyMap<string, string>;

const machines = [...demoEstate(demoSize)].filter(
  ({ type, body }) => type === 'VirtualMachine' && body['config.template'] !== true,
);

type Body = Readonly<Record<string, unknown>>;

const externalIdAt = (place: number): string => machines[place]?.externalId ?? '';
const [renamed, removed, copied] = [externalIdAt(3), externalIdAt(5), externalIdAt(7)];

/** The estate a day later: one machine has another name, one is gone, one is new. */
function* later(): Generator<VsphereRawObject> {
  for (const object of demoEstate(demoSize)) {
    if (object.externalId === removed) continue;
    if (object.externalId === renamed) {
      yield { ...object, body: { ...object.body, name: 'größer-名前-🦉' } };
      continue;
    }
    yield object;
    if (object.externalId === copied) yield { ...object, externalId: 'vm-new' };
  }
}

const laterCollector: typeof demoCollector = {
  ...demoCollector,
  around: (_configuration, burst) => burst({ objects: later(), counts: new Map(), place: 0 }),
};

/** Live objects by id, with all that is known of them but for the bookkeeping of the syncs. */
const live = async (): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await plainRows(
        `MATCH (n:Entity) WHERE NOT n:Tombstone
         RETURN n.id AS id, n {.*, lastSeen: null, changedIn: null, syncedIn: null} AS facts`,
      )
    ).map(({ id, facts }) => [String(id), JSON.stringify(sorted(facts))]),
  );

const sorted = (facts: unknown): unknown => Object.entries(facts as Body).sort();

beforeAll(async () => {
  graph = await openDemoGraph();
  api = await startTestApi(graph);
  before = await live();
  const configuration = demoCollector.configuration.parse(demoSize);
  const report = await new SyncEngine({ graph }).sync(
    { source: 'demo', collector: laterCollector, configuration },
    { mode: 'replay' },
  );
  expect(report.status).toBe('complete');
  after = await live();
});

afterAll(async () => {
  await api.close();
  await graph.close();
});

const diff = async (from: number, to: number, first = 100): Promise<readonly Difference[]> => {
  const all: Difference[] = [];
  let last: string | null = null;
  for (;;) {
    const { data, errors } = await api.ask(
      `query ($from: Int!, $to: Int!, $first: Int!, $after: ID) {
        diff(source: "demo", from: $from, to: $to, first: $first, after: $after) {
          id kind name type fields } }`,
      { variables: { from, to, first, after: last } },
    );
    expect(errors).toBeUndefined();
    const page = (data as { diff: readonly Difference[] }).diff;
    all.push(...page);
    if (page.length < first) return all;
    last = page.at(-1)?.id ?? null;
  }
};

describe('the difference between two syncs', () => {
  it('is what came, changed and went, page by page', async () => {
    const expected = [
      ...[...after.keys()].filter((id) => !before.has(id)).map((id) => `added ${id}`),
      ...[...before.keys()].filter((id) => !after.has(id)).map((id) => `removed ${id}`),
      ...[...after]
        .filter(([id, facts]) => before.has(id) && before.get(id) !== facts)
        .map(([id]) => `changed ${id}`),
    ];
    expect(expected).toContain('added demo/VirtualMachine/vm-new');
    expect(expected).toContain(`removed demo/VirtualMachine/${removed}`);
    for (const first of [2, 1_000]) {
      const found = await diff(1, 2, first);
      expect(found.map(({ type, id }) => `${type} ${id}`).sort()).toEqual(expected.sort());
      expect(found.map(({ id }) => id)).toEqual(found.map(({ id }) => id).sort());
    }
  });

  it('has the old and the new value of what changed', async () => {
    const found = (await diff(1, 2)).find(({ id }) => id === `demo/VirtualMachine/${renamed}`);
    const { name: old } = machines[3]?.body as { name: string };
    expect(found).toMatchObject({
      type: 'changed',
      kind: 'VirtualMachine',
      name: 'größer-名前-🦉',
      fields: { name: { new: 'größer-名前-🦉' } },
    });
    // Names stand in the source with their slashes escaped.
    expect(found?.fields.name?.old).toBe(
      decodeURIComponent(old.replace(/%(?!2f|5c|25)/giu, '%25')),
    );
  });

  it('from before the first sync is all there is', async () => {
    const found = await diff(0, 1, 1_000);
    expect(found.map(({ id }) => id)).toEqual([...before.keys()].sort());
    expect(new Set(found.map(({ type }) => type))).toEqual(new Set(['added']));
  });

  it('of a later sync with an earlier one, and of a source that is not there, is refused', async () => {
    const code = async (given: string): Promise<unknown> =>
      (await api.ask(`{ diff(${given}) { id } }`)).errors?.[0]?.extensions.code;
    expect(await code('source: "demo", from: 2, to: 1')).toBe('source.diff.range');
    expect(await code('source: "demo", from: 1, to: 1')).toBe('source.diff.range');
    expect(await code('source: "none", from: 1, to: 2')).toBe('source.unknown');
    expect(await code('source: "demo", from: 1, to: 99')).toBe('source.sync.unknown');
    expect(await code('source: "demo", from: -1, to: 1')).toBe('source.sync.unknown');
    expect(await code('source: "demo", from: 1, to: 2, first: 1001')).toBe('page.invalid');
  });
});
