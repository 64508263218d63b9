import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { operatorSpellings } from '../../src/search/language/operators.js';
import { compileSearch, parseSearch, searchNamesOf } from '../../src/search/index.js';
import { demoApi } from './demo-api.js';
import { plainRows } from './demo-graph.js';

const demo = demoApi();

interface Group {
  readonly keys: readonly unknown[];
  readonly count: number;
  readonly values: readonly (number | null)[];
}

const aggregate = async (variables: object): Promise<readonly Group[]> => {
  const before = demo.api.graph.sentQueries;
  const { data, errors } = await demo.api.ask(
    `query ($search: String!, $groupBy: [String!]!, $measures: [MeasureInput!]!, $first: Int!) {
      aggregate(search: $search, groupBy: $groupBy, measures: $measures, first: $first) {
        keys count values
      }
    }`,
    { variables: { groupBy: [], measures: [], first: 1_000, ...variables } },
  );
  expect(errors).toBeUndefined();
  expect(demo.api.graph.sentQueries - before).toBe(1);
  return (data as { aggregate: readonly Group[] }).aggregate;
};

const byKeys = (groups: readonly Group[]): readonly Group[] =>
  [...groups].sort((one, other) =>
    JSON.stringify(one.keys).localeCompare(JSON.stringify(other.keys)),
  );

const plainGroups = async (text: string): Promise<readonly Group[]> =>
  byKeys((await plainRows(text)) as unknown as Group[]);

beforeAll(() => demo.api.ask('{ me { name } }'));

describe('an aggregate', () => {
  it('over everything is one group', async () => {
    const [group, ...more] = await aggregate({
      search: 'vms',
      measures: [
        { function: 'sum', field: 'memoryMB' },
        { function: 'min', field: 'cpuCount' },
        { function: 'max', field: 'cpuCount' },
        { function: 'avg', field: 'memoryMB' },
      ],
    });
    const [plain] = await plainRows(
      `MATCH (n:VirtualMachine) RETURN count(*) AS count,
       [sum(n.memoryMB), min(n.cpuCount), max(n.cpuCount)] AS values, avg(n.memoryMB) AS average`,
    );
    expect(more).toEqual([]);
    expect(group).toMatchObject({ keys: [], count: plain?.count });
    expect(group?.values.slice(0, 3)).toEqual(plain?.values);
    expect(group?.values[3]).toBeCloseTo(Number(plain?.average), 6);
  });

  it('groups by a property, the unknown as a group of its own', async () => {
    const groups = await aggregate({ search: 'vms', groupBy: ['guestId'] });
    const plain = await plainGroups(
      'MATCH (n:VirtualMachine) RETURN [n.guestId] AS keys, count(*) AS count, [] AS values',
    );
    expect(byKeys(groups)).toEqual(plain);
    expect(groups.map(({ count }) => count)).toEqual(
      groups.map(({ count }) => count).sort((one, other) => other - one),
    );
  });

  it('groups along relationships, with a filter and figures', async () => {
    const groups = await aggregate({
      search: "vms where powerState = 'poweredOn'",
      groupBy: ['host.cluster.name', 'powerState'],
      measures: [{ function: 'sum', field: 'memoryMB' }],
    });
    const plain = await plainGroups(
      `MATCH (n:VirtualMachine {powerState: 'poweredOn'})
       OPTIONAL MATCH (n)-[:RUNS_ON]->(:Host)<-[:HAS_HOST]-(c:Cluster)
       RETURN [c.name, n.powerState] AS keys, count(DISTINCT n) AS count, [sum(n.memoryMB)] AS values`,
    );
    expect(plain.length).toBeGreaterThan(2);
    expect(byKeys(groups)).toEqual(plain);
  });

  it('sums what several parts of each object hold, each part once', async () => {
    const [group] = await aggregate({
      search: 'vms',
      measures: [
        { function: 'sum', field: 'disks.capacityBytes' },
        { function: 'max', field: 'disks.capacityBytes' },
        { function: 'avg', field: 'disks.capacityBytes' },
      ],
    });
    const [plain] = await plainRows(
      `MATCH (:VirtualMachine)-[:HAS_DISK]->(d:Disk)
       RETURN [sum(d.capacityBytes), max(d.capacityBytes)] AS values, avg(d.capacityBytes) AS average`,
    );
    expect(group?.values.slice(0, 2)).toEqual(plain?.values);
    expect((group?.values[2] ?? 0) / Number(plain?.average)).toBeCloseTo(1, 9);
    await plainRows(
      "CREATE (:Entity:VirtualMachine {id: 'odd/VirtualMachine/none', kind: 'VirtualMachine', name: 'no disk'})",
    );
    expect(
      await aggregate({
        search: "vms where name = 'no disk'",
        groupBy: ['id'],
        first: 1,
        measures: [
          { function: 'avg', field: 'disks.capacityBytes' },
          { function: 'sum', field: 'disks.capacityBytes' },
        ],
      }),
    ).toMatchObject([{ count: 1, values: [null, 0] }]);
    await plainRows("MATCH (n {id: 'odd/VirtualMachine/none'}) DELETE n");
  });

  it('of nothing has a count of zero or no groups', async () => {
    expect(await aggregate({ search: "vms where name = 'no such'" })).toEqual([
      { keys: [], count: 0, values: [] },
    ]);
    expect(
      await aggregate({ search: "vms where name = 'no such'", groupBy: ['powerState'] }),
    ).toEqual([]);
  });

  it.each([
    ['search: "vms", first: 1001', 'exploration.bounds'],
    ['search: "vms", first: 0', 'exploration.bounds'],
    ['search: "vms", groupBy: ["nothing"]', 'search.invalid'],
    ['search: "vms", measures: [{function: "sum", field: "name"}]', 'search.invalid'],
    ['search: "vms", measures: [{function: "median", field: "memoryMB"}]', 'search.invalid'],
  ])('refuses %s', async (given, code) => {
    const before = demo.api.graph.sentQueries;
    const { errors } = await demo.api.ask(`{ aggregate(${given}) { count } }`);
    expect(errors?.[0]?.extensions.code).toBe(code);
    expect(demo.api.graph.sentQueries).toBe(before);
  });
});

interface Bucket {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const histogram = async (
  search: string,
  field: string,
  buckets: number,
): Promise<readonly Bucket[]> => {
  const { data, errors } = await demo.api.ask(
    `query ($search: String!, $field: String!, $buckets: Int!) {
      histogram(search: $search, field: $field, buckets: $buckets) { from to count } }`,
    { variables: { search, field, buckets } },
  );
  expect(errors).toBeUndefined();
  return (data as { histogram: readonly Bucket[] }).histogram;
};

describe('a histogram', () => {
  it.each([
    ['memoryMB', 'MATCH (n:VirtualMachine) RETURN n.memoryMB AS value', 7],
    ['cpuCount', 'MATCH (n:VirtualMachine) RETURN n.cpuCount AS value', 20],
    [
      'host.cluster.memoryTotalBytes',
      'MATCH (n:VirtualMachine) OPTIONAL MATCH (n)-[:RUNS_ON]->(:Host)<-[:HAS_HOST]-(c:Cluster) RETURN c.memoryTotalBytes AS value',
      5,
    ],
  ])('of %s has each known value in one stretch', async (field, text, buckets) => {
    const values = (await plainRows(text)).flatMap(({ value }) =>
      typeof value === 'number' ? [value] : [],
    );
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const found = await histogram('vms', field, buckets);
    if (low === high) {
      expect(found).toEqual([{ from: low, to: high, count: values.length }]);
      return;
    }
    expect(found).toHaveLength(buckets);
    expect(found[0]?.from).toBe(low);
    expect(found.at(-1)?.to).toBe(high);
    const expected = Array.from({ length: buckets }, () => 0);
    for (const value of values) {
      const place = Math.min(buckets - 1, Math.floor(((value - low) * buckets) / (high - low)));
      expected[place] = (expected[place] ?? 0) + 1;
    }
    expect(found.map(({ count }) => count)).toEqual(expected);
  });

  it('of nothing is empty, and of one value is one stretch', async () => {
    expect(await histogram("vms where name = 'no such'", 'memoryMB', 5)).toEqual([]);
    const [one] = await plainRows(
      'MATCH (n:VirtualMachine) RETURN n.id AS id, n.memoryMB AS value LIMIT 1',
    );
    const found = await histogram(`vms where id = '${String(one?.id)}'`, 'memoryMB', 5);
    expect(found).toEqual([{ from: one?.value, to: one?.value, count: 1 }]);
  });

  it.each([
    ['buckets: 201, field: "memoryMB"', 'exploration.bounds'],
    ['field: "name"', 'search.invalid'],
    ['field: "disks.capacityBytes"', 'search.invalid'],
  ])('refuses %s', async (given, code) => {
    const { errors } = await demo.api.ask(`{ histogram(search: "vms", ${given}) { count } }`);
    expect(errors?.[0]?.extensions.code).toBe(code);
  });
});

describe('docs/search.md', () => {
  const page = readFileSync('docs/search.md', 'utf8');
  const blocks = [...page.matchAll(/^```opal\n([\s\S]*?)^```$/gmu)].flatMap(([, lines = '']) =>
    lines.trimEnd().split('\n'),
  );
  const questions = [...page.matchAll(/^\| .*\? *\| `([^`]+)` *\|$/gmu)].map(
    ([, text = '']) => text,
  );

  it('has searches of which each finds something in the demo estate', async () => {
    expect(blocks.length).toBeGreaterThan(30);
    expect(questions.length).toBeGreaterThan(15);
    const empty: string[] = [];
    for (const text of [...blocks, ...questions]) {
      const search = parseSearch(text);
      const compiled = compileSearch(search, { limit: 1, columns: search.columns ?? [] });
      if ((await demo.api.graph.readCompiled(compiled)).length === 0) empty.push(text);
    }
    expect(empty).toEqual([]);
  });

  it.each(operatorSpellings)('names the operator %s', (spelling) => {
    expect(page).toContain(`\`${spelling}`);
  });

  it('names every short name of a kind and every unit of time', () => {
    for (const name of searchNamesOf('VirtualMachine')) expect(page).toContain(`\`${name}\``);
    for (const unit of ['s', 'min', 'h', 'd', 'w', 'months', 'years']) {
      expect(() => parseSearch(`createdAt older than 3 ${unit}`)).not.toThrow();
      expect(page).toContain(`\`${unit}\``);
    }
  });
});
