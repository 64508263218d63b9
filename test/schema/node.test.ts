import { describe, expect, it } from 'vitest';
import { demoApi } from './demo-api.js';
import { plainRows } from './demo-graph.js';

const demo = demoApi();

const ask = async <Data>(query: string, variables: object = {}): Promise<Data> => {
  const { data, errors } = await demo.api.ask(query, { variables });
  expect(errors).toBeUndefined();
  return data as Data;
};

const refusal = async (query: string, variables: object = {}): Promise<unknown> =>
  (await demo.api.ask(query, { variables })).errors?.[0]?.extensions.code;

const idOf = async (text: string): Promise<string> => {
  const [row] = await plainRows(text);
  return String(row?.id);
};

describe('a node', () => {
  it('of any kind is found by its id with the fields of its kind', async () => {
    const rows = await plainRows(
      `CALL () { MATCH (n:Entity) WITH n.kind AS kind, min(n.id) AS id RETURN id, kind
         UNION ALL MATCH (n:Concern) WITH min(n.id) AS id RETURN id, 'Concern' AS kind
         UNION ALL MATCH (n:Cause) WITH min(n.id) AS id RETURN id, 'Cause' AS kind }
       RETURN id, kind ORDER BY kind`,
    );
    expect(rows.length).toBeGreaterThan(20);
    const ids = rows.map(({ id }) => id);
    const before = demo.api.graph.sentQueries;
    const { nodes } = await ask<{ nodes: unknown[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }',
      { ids },
    );
    expect(demo.api.graph.sentQueries - before).toBe(1);
    expect(nodes).toEqual(rows.map(({ id, kind }) => ({ __typename: kind, id })));
    for (const { id, kind } of rows) {
      const { node } = await ask<{ node: unknown }>(
        'query ($id: ID!) { node(id: $id) { __typename id } }',
        { id },
      );
      expect(node).toEqual({ __typename: kind, id });
    }
  });

  it('of no id, of another kind in the id, or of a record of the product is null', async () => {
    const id = await idOf('MATCH (n:Host) RETURN n.id AS id LIMIT 1');
    const token = await idOf('MATCH (n:Token) RETURN n.id AS id LIMIT 1');
    const strange = [
      '',
      ' ',
      '/',
      '//',
      'x'.repeat(5_000),
      "' OR 1=1",
      id.replace('/Host/', '/Disk/'),
    ];
    const { nodes } = await ask<{ nodes: unknown[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: [...strange, token, id, id] },
    );
    expect(nodes).toEqual([...strange.map(() => null), null, { id }, { id }]);
  });

  it('comes at most 1,000 at once', async () => {
    const ids = Array.from({ length: 1_001 }, (_, index) => String(index));
    expect(await refusal('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })).toBe(
      'exploration.bounds',
    );
    expect(await ask('query { nodes(ids: []) { id } }')).toEqual({ nodes: [] });
  });
});
