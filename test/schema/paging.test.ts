import { afterAll, beforeEach, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../src/graph/index.js';
import { startTestApi, type TestApi } from './api.js';
import { plainRows } from './demo-graph.js';
import { openSmallEstate } from './small-estate.js';

let graph: Graph;
let api: TestApi;

beforeAll(async () => {
  graph = await openSmallEstate();
  api = await startTestApi(graph);
});

afterAll(async () => {
  await api.close();
  await graph.close();
});

const strange = [
  'same',
  'same',
  'same',
  '',
  ' ',
  'O\'Brien "quoted" \\ back`tick $x {y}',
  'größer ß ẞ',
  'e\u0301 decomposed',
  'é composed',
  '名前',
  '🦉 owl',
  '\u202Eright to left',
  'line\nbreak\ttab',
  '%2f slash / \\',
  'x'.repeat(2_000),
  'null',
  '0',
  '-1',
  'İstanbul',
];

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly cpuCores: number | null;
}

interface Page {
  readonly nodes: readonly Shown[];
  readonly pageInfo: Readonly<Record<'endCursor' | 'startCursor', string | null>> &
    Readonly<Record<'hasNextPage' | 'hasPreviousPage', boolean>>;
}

const addHost = (id: string, name: string, cpuCores: number | null): Promise<unknown> =>
  plainRows(
    `CREATE (n:Entity:Host {id: $id, source: 'odd', kind: 'Host', externalId: $id, name: $name})
     SET n.cpuCores = CASE WHEN $memory IS NULL THEN null ELSE toInteger($memory) END`,
    { id: `odd/Host/${id}`, name, memory: cpuCores },
  );

beforeEach(async () => {
  await plainRows("MATCH (n:Host {source: 'odd'}) DETACH DELETE n");
  for (const [index, name] of strange.entries()) {
    await addHost(String(index).padStart(2, '0'), name, index % 4 === 0 ? null : index % 3);
  }
});

const page = async (given: object, order: string): Promise<Page> => {
  const { data, errors } = await api.ask(
    `query ($first: Int, $after: String, $last: Int, $before: String) {
      hosts(first: $first, after: $after, last: $last, before: $before,
            where: {source: {eq: "odd"}}, orderBy: [${order}]) {
        nodes { id name cpuCores }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`,
    { variables: given },
  );
  expect(errors).toBeUndefined();
  return (data as { hosts: Page }).hosts;
};

const orders = [
  ['', 'n.id'],
  ['{field: name}', 'n.name, n.id'],
  ['{field: name, direction: DESC}', 'n.name DESC, n.id'],
  ['{field: cpuCores}', 'n.cpuCores, n.id'],
  ['{field: cpuCores, direction: DESC}', 'n.cpuCores DESC, n.id'],
  [
    '{field: cpuCores, direction: DESC}, {field: name}, {field: id, direction: DESC}',
    'n.cpuCores DESC, n.name, n.id DESC',
  ],
] as const;

const plainOrder = async (order: string): Promise<Shown[]> =>
  (await plainRows(
    `MATCH (n:Host {source: 'odd'}) RETURN n.id AS id, n.name AS name, n.cpuCores AS cpuCores ORDER BY ${order}`,
  )) as unknown as Shown[];

describe('a list of odd names, equal ones and unknown values', () => {
  it.each(orders)(
    'by [%s] is the same forwards, backwards and as the database sorts',
    async (order, plain) => {
      const expected = await plainOrder(plain);
      for (const size of [1, 4, 100]) {
        const forwards: Shown[] = [];
        let next: string | null = null;
        for (;;) {
          const { nodes, pageInfo } = await page({ first: size, after: next }, order);
          forwards.push(...nodes);
          if (!pageInfo.hasNextPage) break;
          next = pageInfo.endCursor;
        }
        expect(forwards).toEqual(expected);
        const backwards: Shown[] = [];
        let previous: string | null = null;
        for (;;) {
          const { nodes, pageInfo } = await page({ last: size, before: previous }, order);
          backwards.unshift(...nodes);
          if (!pageInfo.hasPreviousPage) break;
          previous = pageInfo.startCursor;
        }
        expect(backwards).toEqual(expected);
      }
    },
  );

  it.each(orders)('by [%s] shows what stays once, while others come and go', async (order) => {
    const before = new Set((await plainOrder('n.id')).map(({ id }) => id));
    const seen: string[] = [];
    const gone = new Set<string>();
    let next: string | null = null;
    for (let round = 0; ; round += 1) {
      const { nodes, pageInfo } = await page({ first: 3, after: next }, order);
      seen.push(...nodes.map(({ id }) => id));
      if (!pageInfo.hasNextPage) break;
      next = pageInfo.endCursor;
      await addHost(
        `new-${String(round)}`,
        round % 2 === 0 ? '' : 'zz',
        round % 2 === 0 ? 0 : null,
      );
      // The very place that the cursor names, and one that is still to come.
      const last = nodes.at(-1)?.id ?? '';
      const coming = [...before].find((id) => !seen.includes(id) && !gone.has(id)) ?? last;
      for (const id of [last, coming]) {
        gone.add(id);
        await plainRows('MATCH (n:Host {id: $id}) DETACH DELETE n', { id });
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
    for (const id of before) if (!gone.has(id)) expect(seen).toContain(id);
  });

  it.each(strange.map((name) => [name.slice(0, 40), name]))(
    'finds %j by its name',
    async (_title, name) => {
      const expected = strange.filter((other) => other === name).length;
      const ask = async (query: string): Promise<unknown> =>
        (await api.ask(query, { variables: { name } })).data;
      const where = 'where: {source: {eq: "odd"}, name: {eq: $name}}';
      expect(await ask(`query ($name: String!) { hosts(${where}) { totalCount } }`)).toEqual({
        hosts: { totalCount: expected },
      });
      const listed = 'where: {source: {eq: "odd"}, name: {in: [$name]}}';
      expect(await ask(`query ($name: String!) { hosts(${listed}) { totalCount } }`)).toEqual({
        hosts: { totalCount: expected },
      });
    },
  );

  it('finds names without regard to case as the database folds them', async () => {
    const { data } = await api.ask(
      '{ hosts(where: {source: {eq: "odd"}, name: {eq: "GRÖSSER ß ß", ignoreCase: true}}) { totalCount } }',
    );
    expect(data).toEqual({ hosts: { totalCount: 0 } });
    const { data: found } = await api.ask(
      '{ hosts(where: {source: {eq: "odd"}, name: {startsWith: "GRÖ", ignoreCase: true}}) { totalCount } }',
    );
    expect(found).toEqual({ hosts: { totalCount: 1 } });
  });

  it.each(['', 'x', '%%%', 'W10', Buffer.from('{}').toString('base64url'), 'a'.repeat(10_000)])(
    'refuses the cursor %j',
    async (after) => {
      const { errors } = await api.ask(
        'query ($after: String) { hosts(after: $after) { nodes { id } } }',
        {
          variables: { after },
        },
      );
      expect(errors?.[0]?.extensions.code).toBe('page.cursor.invalid');
    },
  );
});
