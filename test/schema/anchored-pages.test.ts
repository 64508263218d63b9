import { describe, expect, it } from 'vitest';
import { demoApi } from './demo-api.js';
import { plainRows } from './demo-graph.js';

const demo = demoApi();

/** A filter that names what machines are linked to, the same in Cypher, and the value with the most machines. */
const filters = [
  {
    name: 'one concern',
    where: '{concerns: {some: {id: {eq: $value}}}}',
    cypher: 'EXISTS { (n)-[:HAS_CONCERN]->(:Concern {id: $value}) }',
    values:
      'MATCH (:VirtualMachine)-[:HAS_CONCERN]->(x:Concern) RETURN x.id AS value, count(*) AS times',
  },
  {
    name: 'one concern with more asked of it',
    where: '{concerns: {some: {id: {eq: $value}, category: {ne: "Critical"}}}}',
    cypher:
      "EXISTS { (n)-[:HAS_CONCERN]->(x:Concern {id: $value}) WHERE x.category <> 'Critical' }",
    values:
      'MATCH (:VirtualMachine)-[:HAS_CONCERN]->(x:Concern) RETURN x.id AS value, count(*) AS times',
  },
  {
    name: 'one concern and the power state',
    where: '{concerns: {some: {id: {eq: $value}}}, powerState: {eq: "poweredOn"}}',
    cypher: "n.powerState = 'poweredOn' AND EXISTS { (n)-[:HAS_CONCERN]->(:Concern {id: $value}) }",
    values:
      'MATCH (:VirtualMachine)-[:HAS_CONCERN]->(x:Concern) RETURN x.id AS value, count(*) AS times',
  },
  {
    name: 'the datastore of a disk',
    where: '{disks: {some: {datastore: {name: {eq: $value}}}}}',
    cypher: 'EXISTS { (n)-[:HAS_DISK]->(:Disk)-[:ON_DATASTORE]->(:Datastore {name: $value}) }',
    values:
      'MATCH (:VirtualMachine)-[:HAS_DISK]->()-[:ON_DATASTORE]->(x:Datastore) RETURN x.name AS value, count(*) AS times',
  },
];

type Order = '{field: id}' | '{field: name, direction: DESC}';

async function pagedIds(where: string, value: string, first: number, order: Order) {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await demo.api.ask(
      `query ($value: String!, $after: String) {
        virtualMachines(first: ${String(first)}, after: $after, where: ${where}, orderBy: [${order}]) {
          nodes { id } pageInfo { endCursor hasNextPage }
        }
      }`,
      { variables: { value, after } },
    );
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = (data as unknown as Answer).virtualMachines;
    ids.push(...nodes.map(({ id }) => id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return ids;
}

interface Answer {
  readonly virtualMachines: {
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

describe.each(filters)('a list filtered by $name', ({ where, cypher, values }) => {
  it.each(['{field: id}', '{field: name, direction: DESC}'] as const)(
    'is whole whether few or many machines have the value, by %s',
    async (order) => {
      const counted = await plainRows(`${values} ORDER BY times, value`);
      const machinesOf = async (value: unknown): Promise<string[]> => {
        const rows = await plainRows(`MATCH (n:VirtualMachine) WHERE ${cypher} RETURN n.id AS id`, {
          value,
        });
        return rows.map(({ id }) => String(id));
      };
      for (const row of [counted.at(0), counted.at(-1)]) {
        const value = String(row?.value);
        const expected = await machinesOf(value);
        // Short pages of many machines are found along the order, long ones of few from the anchor.
        for (const first of [2, 150]) {
          const found = await pagedIds(where, value, first, order);
          expect(new Set(found).size).toBe(found.length);
          expect([...found].sort()).toEqual([...expected].sort());
        }
      }
    },
  );
});
