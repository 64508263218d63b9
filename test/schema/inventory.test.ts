import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../src/graph/index.js';
import { startTestApi, type TestApi } from './api.js';
import { machineCount, openSmallEstate } from './small-estate.js';

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

const page = `
  nodes {
    id name powerState
    host { id name ... on Host { cluster { name } } }
    disks { nodes { id capacityBytes datastore { name } } totalCount }
    concerns { edges { since node { id } } }
  }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;

/** Names of the machines of an answer, in its order. */
const names = (data: unknown): string[] => {
  const { virtualMachines } = data as { virtualMachines: { nodes: { name: string }[] } };
  return virtualMachines.nodes.map(({ name }) => name);
};

const cursorOf = (data: unknown, which: 'endCursor' | 'startCursor'): string => {
  const { virtualMachines } = data as {
    virtualMachines: { pageInfo: Record<typeof which, string> };
  };
  return virtualMachines.pageInfo[which];
};

describe('a list of the inventory', () => {
  it('answers a nested request with one query', async () => {
    await api.ask('{ me { name } }');
    const before = graph.sentQueries;
    const { data, errors } = await api.ask(
      `{ virtualMachines(first: 5, where: {concerns: {some: {id: {eq: "rule.rare"}}}}) { ${page} totalCount } }`,
    );
    expect(errors).toBeUndefined();
    expect(graph.sentQueries - before).toBe(1);
    expect(data).toMatchObject({
      virtualMachines: {
        totalCount: 4,
        nodes: [
          {
            id: 'lab/VirtualMachine/vm-02',
            host: { name: 'host-0', cluster: { name: 'prod' } },
            disks: {
              totalCount: 2,
              nodes: [
                { id: 'lab/Disk/vm-02-a', capacityBytes: 2 ** 41, datastore: { name: 'store' } },
                { id: 'lab/Disk/vm-02-b', capacityBytes: 2 ** 30, datastore: null },
              ],
            },
            concerns: {
              edges: [
                { since: '2026-01-02T00:00:00.000Z', node: { id: 'rule.common' } },
                { since: '2026-01-02T00:00:00.000Z', node: { id: 'rule.rare' } },
              ],
            },
          },
          { id: 'lab/VirtualMachine/vm-05' },
          { id: 'lab/VirtualMachine/vm-08' },
          { id: 'lab/VirtualMachine/vm-11' },
        ],
      },
    });
  });

  const orders = [
    ['by id', ''],
    ['by name downwards', 'orderBy: {field: name, direction: DESC}'],
    ['by equal values', 'orderBy: {field: memoryMB}'],
    ['by a value that some lack', 'orderBy: {field: diskCapacityBytes}'],
    ['downwards by a value that some lack', 'orderBy: {field: diskCapacityBytes, direction: DESC}'],
  ] as const;
  it.each(orders)('is whole and without repetition page by page, %s', async (_title, order) => {
    const whole = names(
      (await api.ask(`{ virtualMachines(first: 100 ${order}) { nodes { name } } }`)).data,
    );
    expect(new Set(whole).size).toBe(machineCount);
    const walked: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { data }: { data: unknown } = await api.ask(
        `query ($after: String) { virtualMachines(first: 5, after: $after ${order}) { ${page} } }`,
        { variables: { after } },
      );
      const onPage = names(data);
      walked.push(...onPage);
      if (onPage.length < 5) break;
      after = cursorOf(data, 'endCursor');
    }
    expect(walked).toEqual(whole);
  });

  it.each(orders)('gives the same pages from the end, %s', async (_title, order) => {
    const { data: all } = await api.ask(
      `{ virtualMachines(first: 100 ${order}) { nodes { name } } }`,
    );
    const { data: last } = await api.ask(`{ virtualMachines(last: 5 ${order}) { ${page} } }`);
    const { data: before } = await api.ask(
      `query ($before: String) { virtualMachines(last: 5, before: $before ${order}) { ${page} } }`,
      { variables: { before: cursorOf(last, 'startCursor') } },
    );
    expect([...names(before), ...names(last)]).toEqual(names(all).slice(-10));
  });

  it('refuses a cursor of a list in another order', async () => {
    const { data } = await api.ask(`{ virtualMachines(first: 1) { ${page} } }`);
    const { errors } = await api.ask(
      `query ($after: String) { virtualMachines(after: $after, orderBy: {field: name}) { nodes { id } } }`,
      { variables: { after: cursorOf(data, 'endCursor') } },
    );
    expect(errors?.[0]?.extensions.code).toBe('page.cursor.invalid');
  });

  it('keeps one field under two aliases with arguments of their own apart', async () => {
    const { data } = await api.ask(`{ hosts(first: 1) { nodes {
      on: virtualMachines(where: {powerState: {eq: "poweredOn"}}) { totalCount }
      off: virtualMachines(where: {powerState: {eq: "poweredOff"}}, first: 1) { totalCount nodes { name } }
    } } }`);
    expect(data).toEqual({
      hosts: {
        nodes: [{ on: { totalCount: 4 }, off: { totalCount: 2, nodes: [{ name: 'vm-02' }] } }],
      },
    });
  });

  const filters = [
    ['{powerState: {ne: "poweredOn"}}', 4],
    ['{diskCapacityBytes: {isNull: true}}', 2],
    ['{diskCapacityBytes: {gt: 1099511627782}}', 5],
    ['{not: {diskCapacityBytes: {gt: 0}}}', 2],
    ['{or: [{name: {eq: "VM-01", ignoreCase: true}}, {name: {matches: "^vm-1[01]$"}}]}', 3],
    ['{host: {cluster: {name: {startsWith: "pr"}}, name: {endsWith: "1"}}}', 6],
    ['{host: {exists: false}}', 0],
    ['{createdAt: {olderThan: "1 year"}}', 3],
    ['{createdAt: {newerThan: "P1Y"}}', 9],
    ['{concerns: {none: {category: {eq: "Critical"}}}}', 8],
    ['{disks: {all: {capacityBytes: {gte: 1073741824}}}}', 12],
    ['{disks: {count: {gt: 2}}}', 0],
    ['{name: {notIn: ["vm-00", "vm-01"]}}', 10],
  ] as const;
  it.each(filters)('counts what fulfils %s', async (where, count) => {
    const { data, errors } = await api.ask(`{ virtualMachines(where: ${where}) { totalCount } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ virtualMachines: { totalCount: count } });
  });

  it('joins where and the search language, and keeps to the limit of the search', async () => {
    const { data } = await api.ask(`{ virtualMachines(
      where: {powerState: {eq: "poweredOn"}}, search: "name ~= '^vm-0' order by name desc limit 3"
    ) { totalCount nodes { name } pageInfo { hasNextPage } } }`);
    expect(data).toEqual({
      virtualMachines: {
        totalCount: 3,
        nodes: [{ name: 'vm-09' }, { name: 'vm-07' }, { name: 'vm-06' }],
        pageInfo: { hasNextPage: false },
      },
    });
  });

  it('finds any kind by a search and gives the fields of that kind', async () => {
    const { data } = await api.ask(
      `{ search(text: "hosts where name = 'host-1'") { nodes { __typename id ... on Host { cluster { name } } } } }`,
    );
    expect(data).toEqual({
      search: {
        nodes: [{ __typename: 'Host', id: 'lab/Host/host-1', cluster: { name: 'prod' } }],
      },
    });
  });

  it('gives nodes of several kinds in the order of their ids with one query', async () => {
    const before = graph.sentQueries;
    const { data } = await api.ask(
      '{ nodes(ids: ["rule.rare", "lab/Host/none", "lab/Cluster/prod"]) { __typename id } }',
    );
    expect(graph.sentQueries - before).toBe(1);
    expect(data).toEqual({
      nodes: [
        { __typename: 'Concern', id: 'rule.rare' },
        null,
        { __typename: 'Cluster', id: 'lab/Cluster/prod' },
      ],
    });
  });
});
