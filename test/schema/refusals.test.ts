import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../src/graph/index.js';
import { startTestApi, type TestApi } from './api.js';
import { openSmallEstate } from './small-estate.js';

let graph: Graph;
let api: TestApi;

beforeAll(async () => {
  graph = await openSmallEstate();
  api = await startTestApi(graph);
  await api.ask('{ me { name } }');
});

afterAll(async () => {
  await api.close();
  await graph.close();
});

interface Refusal {
  readonly code: unknown;
  readonly why: string;
  readonly remedy: string;
}

/** What a request is refused with; asserts that nothing was answered and the database not asked. */
const refusal = async (query: string, variables: object = {}): Promise<Refusal> => {
  const before = graph.sentQueries;
  const { data, errors } = await api.ask(query, { variables });
  expect(graph.sentQueries - before).toBe(0);
  expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
  const { code, why, remedy } = errors?.[0]?.extensions ?? {};
  expect(String(remedy).length).toBeGreaterThan(10);
  return { code, why: String(why), remedy: String(remedy) };
};

const machines = (where: string): string => `{ virtualMachines(where: ${where}) { totalCount } }`;

describe('a request that asks for too much', () => {
  it('by default values of its variables is refused', async () => {
    const query = `query ($many: Int = 1000) {
      virtualMachines(first: $many) { nodes { disks(first: $many) { nodes { id } } } } }`;
    expect(await refusal(query)).toMatchObject({ code: 'request.cost.exceeded' });
  });

  const bomb = (levels: number): string => {
    const fragments = Array.from(
      { length: levels },
      (_, level) =>
        `fragment f${String(level)} on Query { ...f${String(level + 1)} ...f${String(level + 1)} }`,
    );
    return `{ ...f0 } ${fragments.join(' ')} fragment f${String(levels)} on Query { me { name } }`;
  };

  it('by fragments that double what is below them is refused', async () => {
    expect(await refusal(bomb(18))).toMatchObject({ code: 'request.cost.exceeded' });
    const before = graph.sentQueries;
    const { status, errors } = await api.ask(bomb(60));
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toContain('selections');
    expect(graph.sentQueries).toBe(before);
  });

  it('by ids is refused as by a page', async () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `lab/VirtualMachine/${String(index)}`);
    const query = `query ($ids: [ID!]!) {
      nodes(ids: $ids) { ... on VirtualMachine { disks(first: 1000) { nodes { id } } } } }`;
    expect(await refusal(query, { ids })).toMatchObject({ code: 'request.cost.exceeded' });
  });

  it('by introspection within introspection is refused', async () => {
    const query = `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`;
    const before = graph.sentQueries;
    const { status, errors } = await api.ask(query);
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toContain('introspection');
    expect(graph.sentQueries).toBe(before);
  });

  it('names the limit, what was found and what to do', async () => {
    const { why, remedy } = await refusal(
      '{ virtualMachines(first: 1000) { nodes { disks(first: 1000) { nodes { id } } } } }',
    );
    expect(why).toMatch(/cost is \d+, and 200000 is allowed/u);
    expect(remedy).toContain('first');
  });
});

describe('a filter that asks for too much', () => {
  const many = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `vm-${String(index)}`);
  const byName =
    'query ($names: [String!]!) { virtualMachines(where: {name: {in: $names}}) { totalCount } }';

  it('takes 1,000 values of a list and refuses 1,001', async () => {
    const { data } = await api.ask(byName, { variables: { names: many(1_000).concat('vm-01') } });
    expect(data).toEqual(null);
    expect((await api.ask(byName, { variables: { names: many(1_000) } })).errors).toBeUndefined();
    expect(await refusal(byName, { names: many(1_001) })).toMatchObject({
      code: 'where.invalid',
      why: 'it lists 1001 values, and 1000 are allowed',
    });
  });

  it('takes 200 conditions and refuses 201, also where a list is compared one by one', async () => {
    const tests = (count: number): string =>
      machines(
        `{or: [${many(count)
          .map(() => '{name: {eq: "x"}}')
          .join()}]}`,
      );
    expect((await api.ask(tests(100))).errors).toBeUndefined();
    expect(await refusal(tests(101))).toMatchObject({ why: 'it has more than 200 conditions' });
    const ignoring =
      'query ($names: [String!]!) { virtualMachines(where: {name: {in: $names, ignoreCase: true}}) { totalCount } }';
    expect((await api.ask(ignoring, { variables: { names: many(199) } })).errors).toBeUndefined();
    expect(await refusal(ignoring, { names: many(200) })).toMatchObject({ code: 'where.invalid' });
  });

  it('takes a nesting of 12 and refuses 13', async () => {
    const nested = (depth: number): string =>
      machines(`${'{not: '.repeat(depth)}{name: {eq: "vm-00"}}${'}'.repeat(depth)}`);
    expect((await api.ask(nested(12))).errors).toBeUndefined();
    expect(await refusal(nested(13))).toMatchObject({ why: 'it nests deeper than 12' });
  });

  it.each(['(a|a)*b.', '(x+x+)+y', '.*.*.*z', `${'a?'.repeat(30)}b`, '(?=a)b.', 'a'.repeat(257)])(
    'refuses the regular expression %s',
    async (expression) => {
      const { code, remedy } = await refusal(
        machines(`{name: {matches: ${JSON.stringify(expression)}}}`),
      );
      expect(code).toBe('search.invalid');
      expect(remedy).toContain('like');
    },
  );

  it('refuses a search that is too long, has too many words, or nests too deep', async () => {
    const find = 'query ($text: String!) { search(text: $text) { totalCount } }';
    const long = `vms where name = '${'x'.repeat(10_000)}'`;
    expect(await refusal(find, { text: long })).toMatchObject({ code: 'search.invalid' });
    const words = `vms where ${Array.from({ length: 700 }, () => 'cpuCount=1').join(' or ')}`;
    expect(await refusal(find, { text: words })).toMatchObject({ code: 'search.invalid' });
    const deep = `vms where ${'('.repeat(33)}cpuCount = 1${')'.repeat(33)}`;
    expect(await refusal(find, { text: deep })).toMatchObject({ code: 'search.invalid' });
  });

  it.each([
    ['{name: {eq: null}}', 'isNull'],
    ['{name: {in: ["a", null]}}', undefined],
    ['{host: null}', 'isNull'],
    ['{not: null}', 'object'],
    ['{disks: {count: {eq: null}}}', 'whole number'],
  ])('refuses null in %s', async (where, remedy) => {
    const before = graph.sentQueries;
    const { errors } = await api.ask(machines(where));
    expect(errors).toHaveLength(1);
    if (remedy !== undefined) expect(String(errors?.[0]?.extensions.remedy)).toContain(remedy);
    expect(graph.sentQueries).toBe(before);
  });
});

describe('a count of what a relationship leads to', () => {
  it.each([
    ['{disks: {count: {eq: 2}}}', 12],
    ['{disks: {count: {in: [1, 2]}}}', 12],
    ['{disks: {count: {in: [1, 3]}}}', 0],
    ['{disks: {count: {notIn: [2]}}}', 0],
    ['{disks: {count: {notIn: []}}}', 12],
    ['{disks: {count: {isNull: true}}}', 0],
    ['{disks: {count: {isNull: false, gte: 1}}}', 12],
    ['{concerns: {count: {gt: 1}}}', 4],
  ])('fulfils %s as often as it should', async (where, count) => {
    expect((await api.ask(machines(where))).data).toEqual({
      virtualMachines: { totalCount: count },
    });
  });
});

describe('a list without a page', () => {
  it('has no more entries than a page may have', async () => {
    const small = await startTestApi(graph, { maxPageSize: 5 });
    try {
      const { data, errors } = await small.ask('{ virtualMachines { nodes { id } } }');
      expect(errors).toBeUndefined();
      expect(
        (data as { virtualMachines: { nodes: unknown[] } }).virtualMachines.nodes,
      ).toHaveLength(5);
      const { data: tokens } = await small.ask('{ tokens { id } }', { role: 'admin' });
      expect((tokens as { tokens: unknown[] }).tokens).toHaveLength(5);
    } finally {
      await small.close();
    }
  });

  it.each(['tokens', 'audit', 'plans', 'savedSearches', 'migrations'])(
    'of %s refuses more, and less than one',
    async (list) => {
      const field = list === 'audit' ? 'action' : 'id';
      for (const first of [1_001, 0, -1]) {
        const { errors } = await api.ask(`{ ${list}(first: ${String(first)}) { ${field} } }`, {
          role: 'admin',
        });
        expect(errors?.[0]?.extensions.code).toBe('page.invalid');
      }
    },
  );
});

describe('a page of which only the type is asked for', () => {
  it('is answered without a question to the database', async () => {
    const before = graph.sentQueries;
    const { data, errors } = await api.ask('{ virtualMachines { __typename } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({ virtualMachines: { __typename: 'VirtualMachineConnection' } });
    expect(graph.sentQueries).toBe(before);
  });
});
