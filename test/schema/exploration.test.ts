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

interface GraphNode {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
}

interface Neighbour {
  readonly cursor: string;
  readonly relationship: string;
  readonly outgoing: boolean;
  readonly node: GraphNode;
}

interface NeighbourPage {
  readonly neighbours: readonly Neighbour[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

const neighboursOf = async (
  id: string,
  more: {
    readonly direction?: string;
    readonly types?: readonly string[];
    readonly first?: number;
  },
): Promise<readonly Neighbour[]> => {
  const all: Neighbour[] = [];
  let after: string | null = null;
  for (;;) {
    const { neighbours }: { neighbours: NeighbourPage } = await ask(
      `query ($id: ID!, $direction: Direction!, $types: [String!], $first: Int!, $after: String) {
        neighbours(id: $id, direction: $direction, relationshipTypes: $types, first: $first, after: $after) {
          neighbours { cursor relationship outgoing node { id kind name } } hasNextPage endCursor
        }
      }`,
      {
        id,
        direction: more.direction ?? 'BOTH',
        types: more.types,
        first: more.first ?? 100,
        after,
      },
    );
    all.push(...neighbours.neighbours);
    if (!neighbours.hasNextPage) return all;
    after = neighbours.endCursor;
  }
};

const lineOf = ({ relationship, outgoing, node }: Neighbour): string =>
  `${outgoing ? '-' : '<-'}${relationship} ${node.kind} ${node.id} ${node.name}`;

const plainNeighbours = async (id: string): Promise<readonly (readonly [string, string])[]> => {
  const rows = await plainRows(
    `MATCH (n {id: $id})-[r]-(m) WHERE m:Entity OR m:Concern OR m:Cause
     RETURN type(r) AS type, startNode(r) = n AS out, m.id AS id,
            coalesce(m.kind, CASE WHEN m:Cause THEN 'Cause' ELSE 'Concern' END) AS kind,
            coalesce(m.name, m.label, m.id) AS name`,
    { id },
  );
  return rows.map(({ type, out, id: other, kind, name }) => [
    String(type),
    `${out === true ? '-' : '<-'}${String(type)} ${String(kind)} ${String(other)} ${String(name)}`,
  ]);
};

describe('neighbours', () => {
  const places = [
    ['a machine', 'MATCH (n:VirtualMachine) RETURN n.id AS id ORDER BY n.name LIMIT 1'],
    ['a host', 'MATCH (n:Host) RETURN n.id AS id ORDER BY n.name LIMIT 1'],
    [
      'a datastore',
      'MATCH (n:Datastore)<-[r]-() RETURN n.id AS id, count(*) AS c ORDER BY c DESC LIMIT 1',
    ],
    [
      'a concern',
      'MATCH (n:Concern)<-[r]-() RETURN n.id AS id, count(*) AS c ORDER BY c DESC LIMIT 1',
    ],
    ['a cause', 'MATCH (n:Cause)<-[r]-() RETURN n.id AS id, count(*) AS c ORDER BY c DESC LIMIT 1'],
  ] as const;

  it.each(places)('of %s are all that stand there, page by page', async (_name, query) => {
    const id = await idOf(query);
    const expected = await plainNeighbours(id);
    expect(expected.length).toBeGreaterThan(0);
    for (const first of [7, 1_000]) {
      const found = await neighboursOf(id, { first });
      expect(found.map(lineOf).sort()).toEqual(expected.map(([, line]) => line).sort());
      expect(new Set(found.map(({ cursor }) => cursor)).size).toBe(found.length);
    }
  });

  it('keep to a direction and to types of relationships', async () => {
    const id = await idOf('MATCH (n:Host) RETURN n.id AS id ORDER BY n.name LIMIT 1');
    const all = await plainNeighbours(id);
    const out = all.filter(([, line]) => line.startsWith('-')).map(([, line]) => line);
    const into = all.filter(([, line]) => line.startsWith('<-')).map(([, line]) => line);
    const ofType = all.filter(([type]) => type === 'RUNS_ON').map(([, line]) => line);
    expect(out.length).toBeGreaterThan(0);
    expect(into.length).toBeGreaterThan(0);
    const lines = async (more: Parameters<typeof neighboursOf>[1]): Promise<string[]> =>
      (await neighboursOf(id, { first: 3, ...more })).map(lineOf).sort();
    expect(await lines({ direction: 'OUT' })).toEqual(out.sort());
    expect(await lines({ direction: 'IN' })).toEqual(into.sort());
    expect(await lines({ types: ['RUNS_ON'] })).toEqual(ofType.sort());
    expect(await lines({ types: [] })).toEqual([]);
  });

  it('of nothing are refused, and so is a type that the model does not have', async () => {
    expect(await refusal('{ neighbours(id: "demo/Host/none") { hasNextPage } }')).toBe(
      'exploration.node.unknown',
    );
    const { errors } = await demo.api.ask(
      '{ neighbours(id: "x", relationshipTypes: ["RUN_ON"]) { hasNextPage } }',
    );
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'exploration.relationship.unknown',
      remedy: "Did you mean 'RUNS_ON'?",
    });
    expect(await refusal('{ neighbours(id: "x", first: 1001) { hasNextPage } }')).toBe(
      'exploration.bounds',
    );
  });
});

interface GraphPath {
  readonly nodes: readonly GraphNode[];
  readonly relationships: readonly { from: string; to: string; type: string }[];
}

const pathsBetween = async (from: string, to: string, more: string): Promise<GraphPath[]> => {
  const { paths } = await ask<{ paths: GraphPath[] }>(
    `query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, first: 200, ${more}) {
      nodes { id kind name } relationships { from to type } } }`,
    { from, to },
  );
  return paths;
};

type Adjacency = ReadonlyMap<string, readonly (readonly [string, string])[]>;

/** All relationships between inventory objects, concerns and causes, from both ends. */
const adjacency = async (types?: readonly string[]): Promise<Adjacency> => {
  const rows = await plainRows(
    `MATCH (a)-[r]->(b) WHERE (a:Entity OR a:Concern OR a:Cause) AND (b:Entity OR b:Concern OR b:Cause)
     RETURN a.id AS from, b.id AS to, type(r) AS type`,
  );
  const found = new Map<string, [string, string][]>();
  const add = (from: string, to: string, line: string): void => {
    found.set(from, [...(found.get(from) ?? []), [to, line]]);
  };
  for (const row of rows) {
    const [from, to, type] = [String(row.from), String(row.to), String(row.type)];
    if (types !== undefined && !types.includes(type)) continue;
    add(from, to, `${from} ${type} ${to}`);
    if (from !== to) add(to, from, `${from} ${type} ${to}`);
  }
  return found;
};

/** Every way that visits no node twice, by walking. */
const walk = (graphOf: Adjacency, from: string, to: string, longest: number): string[] => {
  const found: string[] = [];
  const go = (at: string, visited: readonly string[], lines: readonly string[]): void => {
    if (at === to) {
      found.push(lines.join(' | '));
      return;
    }
    if (lines.length === longest) return;
    for (const [next, line] of graphOf.get(at) ?? []) {
      if (!visited.includes(next)) go(next, [...visited, next], [...lines, line]);
    }
  };
  go(from, [from], []);
  return found;
};

const lineOfPath = ({ relationships }: GraphPath): string =>
  relationships.map(({ from, type, to }) => `${from} ${type} ${to}`).join(' | ');

describe('paths', () => {
  const structure = ['RUNS_ON', 'HAS_HOST', 'HAS_DISK', 'ON_DATASTORE', 'CHILD_OF'];
  const machines = async (): Promise<[string, string]> => {
    const rows = await plainRows(
      `MATCH (a:VirtualMachine)-[:RUNS_ON]->(:Host)<-[:HAS_HOST]-(c:Cluster)-[:HAS_HOST]->(:Host)<-[:RUNS_ON]-(b:VirtualMachine)
       WHERE a.id < b.id RETURN a.id AS a, b.id AS b ORDER BY a, b LIMIT 1`,
    );
    return [String(rows[0]?.a), String(rows[0]?.b)];
  };

  it('that visit no node twice are all there are up to a length, shortest first', async () => {
    const [from, to] = await machines();
    const known = await adjacency(structure);
    for (const longest of [2, 4]) {
      const found = await pathsBetween(
        from,
        to,
        `choice: SIMPLE, longest: ${String(longest)}, relationshipTypes: ${JSON.stringify(structure)}`,
      );
      const expected = walk(known, from, to, longest);
      expect(expected.length).toBeLessThan(200);
      expect(found.map(lineOfPath).sort()).toEqual(expected.sort());
      const lengths = found.map(({ relationships }) => relationships.length);
      expect(lengths).toEqual([...lengths].sort((one, other) => one - other));
    }
  });

  it('of the least length are all of that length', async () => {
    const [from, to] = await machines();
    const known = await adjacency(structure);
    const found = await pathsBetween(
      from,
      to,
      `choice: SHORTEST, relationshipTypes: ${JSON.stringify(structure)}`,
    );
    const least = [1, 2, 3, 4].find((length) => walk(known, from, to, length).length > 0) ?? 0;
    expect(least).toBeGreaterThan(0);
    expect(found.map(lineOfPath).sort()).toEqual(walk(known, from, to, least).sort());
    for (const { nodes, relationships } of found) {
      expect(nodes[0]?.id).toBe(from);
      expect(nodes.at(-1)?.id).toBe(to);
      expect(nodes).toHaveLength(relationships.length + 1);
    }
  });

  it('do not lead over plans or other records of the product', async () => {
    const [from, to] = await machines();
    await plainRows(
      `MATCH (a {id: $from}), (b {id: $to})
       CREATE (a)<-[:PLANS]-(:Plan {id: 'plan-between'})-[:PLANS]->(b)`,
      { from, to },
    );
    const found = [
      ...(await pathsBetween(from, to, 'choice: SHORTEST')),
      ...(await pathsBetween(from, to, 'choice: SIMPLE, longest: 2')),
    ];
    await plainRows("MATCH (p:Plan {id: 'plan-between'}) DETACH DELETE p");
    expect(found.flatMap(({ nodes }) => nodes.map(({ kind }) => kind))).not.toContain('Plan');
  });

  it('are none where types keep the ends apart, and refused where an end is of nothing', async () => {
    const [from, to] = await machines();
    expect(await pathsBetween(from, to, 'relationshipTypes: ["ON_DATASTORE"]')).toEqual([]);
    const code = await refusal(
      'query ($from: ID!) { paths(from: $from, to: "none") { nodes { id } } }',
      {
        from,
      },
    );
    expect(code).toBe('exploration.node.unknown');
    expect(await refusal('{ paths(from: "a", to: "a") { nodes { id } } }')).toBe(
      'exploration.path.same',
    );
    expect(
      await refusal('{ paths(from: "a", to: "b", choice: SIMPLE, longest: 7) { nodes { id } } }'),
    ).toBe('exploration.bounds');
  });
});

interface Subgraph {
  readonly nodes: readonly GraphNode[];
  readonly relationships: readonly { from: string; to: string; type: string }[];
  readonly leftOut: { nodes: number; relationships: boolean } | null;
}

const subgraphOf = async (variables: object): Promise<Subgraph> =>
  (
    await ask<{ subgraph: Subgraph }>(
      `query ($ids: [ID!]!, $types: [String!], $depth: Int!, $limit: Int!) {
        subgraph(ids: $ids, relationshipTypes: $types, depth: $depth, limit: $limit) {
          nodes { id kind name } relationships { from to type } leftOut { nodes relationships }
        }
      }`,
      variables,
    )
  ).subgraph;

describe('a subgraph', () => {
  const reach = (known: Adjacency, from: readonly string[], depth: number): Set<string> => {
    let found = new Set(from);
    for (let step = 0; step < depth; step += 1) {
      found = new Set([...found].flatMap((id) => [id, ...(known.get(id) ?? []).map(([to]) => to)]));
    }
    return found;
  };

  it.each([1, 2, 3])('holds all within %i steps over the types asked for', async (depth) => {
    const types = ['RUNS_ON', 'HAS_HOST', 'CHILD_OF'];
    const ids = [await idOf('MATCH (n:Cluster) RETURN n.id AS id ORDER BY n.name LIMIT 1')];
    const known = await adjacency(types);
    const { nodes, relationships, leftOut } = await subgraphOf({ ids, types, depth, limit: 2_000 });
    const expected = reach(known, ids, depth);
    expect(leftOut).toBeNull();
    expect(nodes.map(({ id }) => id).sort()).toEqual([...expected].sort());
    const among = [...expected].flatMap((id) =>
      (known.get(id) ?? []).filter(([to]) => expected.has(to)).map(([, line]) => line),
    );
    expect(relationships.map(({ from, type, to }) => `${from} ${type} ${to}`).sort()).toEqual(
      [...new Set(among)].sort(),
    );
  });

  it('says how much it left out at its limit', async () => {
    const types = ['RUNS_ON', 'HAS_HOST'];
    const ids = [
      await idOf('MATCH (n:Cluster)-[:HAS_HOST]->() RETURN n.id AS id ORDER BY n.name LIMIT 1'),
    ];
    const known = await adjacency(types);
    const whole = reach(known, ids, 1).size;
    const { nodes, leftOut } = await subgraphOf({ ids, types, depth: 5, limit: whole - 1 });
    expect(nodes).toHaveLength(whole - 1);
    expect(leftOut).toMatchObject({ nodes: 1 });
    const exact = await subgraphOf({ ids, types, depth: 5, limit: whole });
    expect(exact.nodes).toHaveLength(whole);
    expect(exact.leftOut?.nodes).toBe(reach(known, ids, 2).size - whole);
  });

  it('of nothing is refused, and so are more beginnings than its limit', async () => {
    expect(await refusal('{ subgraph(ids: ["none"]) { nodes { id } } }')).toBe(
      'exploration.node.unknown',
    );
    expect(await refusal('{ subgraph(ids: ["a", "b", "c"], limit: 2) { nodes { id } } }')).toBe(
      'exploration.bounds',
    );
    expect(await refusal('{ subgraph(ids: ["a"], depth: 6) { nodes { id } } }')).toBe(
      'exploration.bounds',
    );
  });
});
