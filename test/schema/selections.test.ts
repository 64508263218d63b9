import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fieldsOf,
  kinds,
  type Graph,
  type Kind,
  type RelationField,
} from '../../src/graph/index.js';
import { propertiesOf, relationsOf } from '../../src/schema/inventory/kind-fields.js';
import { rootFieldOf, typeNameOf } from '../../src/schema/inventory/kind-names.js';
import { startTestApi, type TestApi } from './api.js';
import { openDemoGraph, plainRows } from './demo-graph.js';

/** The whole graph in memory, read with two plain queries: what every answer is held against. */
interface PlainGraph {
  readonly nodes: ReadonlyMap<string, PlainNode>;
  readonly byKind: ReadonlyMap<Kind, readonly PlainNode[]>;
  /** Ids at the other end by id, type and direction. */
  readonly ends: ReadonlyMap<string, readonly string[]>;
}

interface PlainNode {
  readonly id: string;
  readonly kind: Kind;
  readonly properties: Readonly<Record<string, unknown>>;
}

let graph: Graph;
let api: TestApi;
let plain: PlainGraph;

const readPlainGraph = async (): Promise<PlainGraph> => {
  const rows = await plainRows(
    'MATCH (n:Entity|Concern|Cause) WHERE NOT n:Tombstone RETURN labels(n) AS labels, properties(n) AS properties',
  );
  const nodes = new Map<string, PlainNode>();
  const byKind = new Map<Kind, PlainNode[]>();
  for (const row of rows) {
    const properties = row.properties as Record<string, unknown>;
    const kind = kinds.find((name) => (row.labels as string[]).includes(name));
    if (kind === undefined) throw new Error('a node of no kind');
    const node = { id: String(properties.id), kind, properties };
    nodes.set(node.id, node);
    byKind.set(kind, [...(byKind.get(kind) ?? []), node]);
  }
  const ends = new Map<string, string[]>();
  for (const { from, to, type } of await plainRows(
    'MATCH (a:Entity|Concern|Cause)-[r]->(b:Entity|Concern|Cause) RETURN a.id AS from, b.id AS to, type(r) AS type',
  )) {
    for (const [key, end] of [
      [`${String(from)} ${String(type)} out`, String(to)],
      [`${String(to)} ${String(type)} in`, String(from)],
    ] as const) {
      const known = ends.get(key);
      if (known === undefined) ends.set(key, [end]);
      else known.push(end);
    }
  }
  return { nodes, byKind, ends };
};

beforeAll(async () => {
  graph = await openDemoGraph();
  api = await startTestApi(graph, {
    maxQueryAliases: 100_000,
    maxQueryCost: 100_000_000,
    maxQueryDepth: 40,
  });
  plain = await readPlainGraph();
  await api.ask('{ me { name } }');
});

afterAll(async () => {
  await api.close();
  await graph.close();
});

const endsOf = (node: PlainNode, relation: RelationField): readonly PlainNode[] =>
  (plain.ends.get(`${node.id} ${relation.relationship} ${relation.direction}`) ?? []).flatMap(
    (id) => {
      const end = plain.nodes.get(id);
      return end !== undefined && relation.targets.includes(end.kind) ? [end] : [];
    },
  );

const byCodePoint = (one: unknown, other: unknown): number => {
  if (typeof one === 'string' && typeof other === 'string') {
    const [left, right] = [Array.from(one), Array.from(other)];
    for (let place = 0; place < Math.min(left.length, right.length); place += 1) {
      const difference = (left[place]?.codePointAt(0) ?? 0) - (right[place]?.codePointAt(0) ?? 0);
      if (difference !== 0) return difference;
    }
    return left.length - right.length;
  }
  return Number(one) - Number(other);
};

interface OrderKey {
  readonly field: string;
  readonly descending: boolean;
}

/** What is unknown comes last, and first where the order is the other way. */
const inOrder = (nodes: readonly PlainNode[], keys: readonly OrderKey[]): PlainNode[] =>
  [...nodes].sort((one, other) => {
    for (const { field, descending } of [...keys, { field: 'id', descending: false }]) {
      const [left, right] = [one.properties[field] ?? null, other.properties[field] ?? null];
      if (left === right) continue;
      const order = left === null ? 1 : right === null ? -1 : byCodePoint(left, right);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });

/** A condition as a text of the API, and as what it means. */
interface Condition {
  readonly text: string;
  readonly holds: (node: PlainNode) => boolean;
}

/** A selection as a text, and what it has to give for a node. */
interface Selection {
  readonly text: string;
  readonly of: (node: PlainNode) => Record<string, unknown>;
}

type Draw = fc.GeneratorValue;

const drawSome = <T>(draw: Draw, from: readonly T[], most: number): readonly T[] =>
  from.length === 0
    ? []
    : draw(fc.subarray, [...from], { minLength: 0, maxLength: Math.min(most, from.length) });

const drawOne = <T>(draw: Draw, from: readonly T[]): T => {
  const place = draw(fc.nat, from.length - 1);
  const [chosen] = from.slice(place, place + 1);
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
};

const literal = (value: unknown): string => JSON.stringify(value);

const drawProperty = (draw: Draw, kind: Kind): Condition => {
  const named = propertiesOf(kind).filter(({ definition }) => !definition.type.endsWith('List'));
  const { name, definition } = drawOne(draw, named);
  const known = (plain.byKind.get(kind) ?? []).flatMap(({ properties }) => properties[name] ?? []);
  const value = known.length === 0 ? undefined : drawOne(draw, known.slice(0, 20));
  if (value === undefined || draw(fc.boolean)) {
    const unknown = draw(fc.boolean);
    return {
      text: `${name}: {isNull: ${String(unknown)}}`,
      holds: ({ properties }) => ((properties[name] ?? null) === null) === unknown,
    };
  }
  const tests: [string, (own: unknown) => boolean][] = [
    ['eq', (own) => own === value],
    ['ne', (own) => own !== value],
  ];
  if (definition.type === 'integer' || definition.type === 'float') {
    tests.push(['gt', (own) => own !== null && Number(own) > Number(value)]);
    tests.push(['lte', (own) => own !== null && Number(own) <= Number(value)]);
  }
  const [test, holds] = drawOne(draw, tests);
  return {
    text: `${name}: {${test}: ${literal(value)}}`,
    holds: ({ properties }) => holds(properties[name] ?? null),
  };
};

const drawRelated = (draw: Draw, kind: Kind): Condition | undefined => {
  const fitting = relationsOf(kind).filter(({ targets }) => targets.length === 1);
  if (fitting.length === 0) return undefined;
  const relation = drawOne(draw, fitting);
  const [target] = relation.targets;
  if (target === undefined) return undefined;
  const inner = drawProperty(draw, target);
  if (!relation.many) {
    return {
      text: `${relation.name}: {${inner.text}}`,
      holds: (node) => endsOf(node, relation).some(inner.holds),
    };
  }
  const quantifier = drawOne(draw, ['some', 'all', 'none'] as const);
  return {
    text: `${relation.name}: {${quantifier}: {${inner.text}}}`,
    holds: (node) => {
      const ends = endsOf(node, relation);
      if (quantifier === 'all') return ends.every(inner.holds);
      return ends.some(inner.holds) === (quantifier === 'some');
    },
  };
};

const drawWhere = (draw: Draw, kind: Kind): Condition | undefined => {
  const shape = drawOne(draw, ['none', 'property', 'related', 'not', 'or'] as const);
  const one = drawProperty(draw, kind);
  switch (shape) {
    case 'none':
      return undefined;
    case 'property':
      return one;
    case 'related':
      return drawRelated(draw, kind);
    case 'not':
      return { text: `not: {${one.text}}`, holds: (node) => !one.holds(node) };
    case 'or': {
      const other = drawRelated(draw, kind) ?? drawProperty(draw, kind);
      return {
        text: `or: [{${one.text}}, {${other.text}}]`,
        holds: (node) => one.holds(node) || other.holds(node),
      };
    }
  }
};

/** Arguments of a list with the page that they stand for. */
const drawPage = (draw: Draw, kind: Kind | undefined, most: number) => {
  const size = draw(fc.integer, { min: 0, max: most });
  const backward = draw(fc.boolean);
  const where = kind === undefined ? undefined : drawWhere(draw, kind);
  const sortable =
    kind === undefined
      ? []
      : propertiesOf(kind).filter(
          ({ definition }) => !definition.type.endsWith('List') && definition.type !== 'flag',
        );
  const keys = drawSome(draw, sortable, 2).map(({ name }): OrderKey => ({
    field: name,
    descending: draw(fc.boolean),
  }));
  const order = keys
    .map(({ field, descending }) => `{field: ${field}, direction: ${descending ? 'DESC' : 'ASC'}}`)
    .join();
  const given = [
    `${backward ? 'last' : 'first'}: ${String(size)}`,
    ...(where === undefined ? [] : [`where: {${where.text}}`]),
    ...(keys.length === 0 ? [] : [`orderBy: [${order}]`]),
  ];
  return {
    text: `(${given.join(', ')})`,
    of: (nodes: readonly PlainNode[]) => {
      const found = inOrder(
        nodes.filter((node) => where?.holds(node) ?? true),
        keys,
      );
      const page = backward ? found.slice(Math.max(0, found.length - size)) : found.slice(0, size);
      return { page, total: found.length, more: found.length > page.length, backward };
    },
  };
};

const drawConnection = (
  draw: Draw,
  targets: readonly Kind[],
  most: number,
  depth: number,
): { readonly text: string; readonly of: (nodes: readonly PlainNode[]) => unknown } => {
  const [only, ...others] = targets;
  const page = drawPage(draw, others.length === 0 ? only : undefined, most);
  const node = drawNode(draw, targets, depth);
  const edges = draw(fc.boolean);
  const counted = draw(fc.boolean);
  const rows = edges ? `edges { node { ${node.text} } }` : `nodes { ${node.text} }`;
  return {
    text: `${page.text} { ${rows} pageInfo { hasNextPage hasPreviousPage } ${counted ? 'totalCount' : ''} }`,
    of: (nodes) => {
      const { page: shown, total, more, backward } = page.of(nodes);
      const values = shown.map(node.of);
      return {
        ...(edges ? { edges: values.map((value) => ({ node: value })) } : { nodes: values }),
        pageInfo: { hasNextPage: !backward && more, hasPreviousPage: backward && more },
        ...(counted ? { totalCount: total } : {}),
      };
    },
  };
};

const drawOneKind = (draw: Draw, kind: Kind, depth: number, prefix: string): Selection => {
  const properties = drawSome(draw, propertiesOf(kind), 6).map(({ name }) => name);
  const relations = depth === 0 ? [] : drawSome(draw, relationsOf(kind), 2);
  const parts = relations.map((relation, index) => {
    const key = `${prefix}r${String(index)}`;
    if (relation.many) {
      const connection = drawConnection(draw, relation.targets, 4, depth - 1);
      return {
        text: `${key}: ${relation.name}${connection.text}`,
        of: (node: PlainNode): [string, unknown] => [key, connection.of(endsOf(node, relation))],
      };
    }
    const inner = drawNode(draw, relation.targets, depth - 1);
    return {
      text: `${key}: ${relation.name} { ${inner.text} }`,
      of: (node: PlainNode): [string, unknown] => {
        const [end] = endsOf(node, relation);
        return [key, end === undefined ? null : inner.of(end)];
      },
    };
  });
  const named = properties.map((name) => (prefix === '' ? name : `${prefix}${name}: ${name}`));
  return {
    text: ['__typename', 'id', ...named, ...parts.map(({ text }) => text)].join(' '),
    of: (node) => ({
      __typename: typeNameOf(kind),
      id: node.id,
      ...Object.fromEntries(
        properties.map((name) => [`${prefix}${name}`, node.properties[name] ?? null]),
      ),
      ...Object.fromEntries(parts.map(({ of }) => of(node))),
    }),
  };
};

const drawNode = (draw: Draw, targets: readonly Kind[], depth: number): Selection => {
  const [only, ...others] = targets;
  if (only !== undefined && others.length === 0) return drawOneKind(draw, only, depth, '');
  const chosen = drawSome(draw, targets, 3);
  const parts = new Map(
    chosen.map((kind) => [kind, drawOneKind(draw, kind, depth, `${kind}_`)] as const),
  );
  const fragments = [...parts].map(([kind, { text }]) => `... on ${typeNameOf(kind)} { ${text} }`);
  return {
    text: `__typename id ${fragments.join(' ')}`,
    of: (node) =>
      parts.get(node.kind)?.of(node) ?? { __typename: typeNameOf(node.kind), id: node.id },
  };
};

/** Kinds that the demo estate has, and their relationships to one of which a node has several. */
const present = (): readonly Kind[] => kinds.filter((kind) => plain.byKind.has(kind));

// Each request is a query that the database has never planned before.
describe('whatever is selected', { timeout: 600_000 }, () => {
  it('leads to at most one end, where the model says so', () => {
    for (const node of plain.nodes.values()) {
      for (const relation of relationsOf(node.kind)) {
        if (!relation.many) expect(endsOf(node, relation).length).toBeLessThanOrEqual(1);
      }
    }
    expect(fieldsOf('VirtualMachine').size).toBeGreaterThan(0);
  });

  it('of a list costs one query and gives what the graph holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const kind = drawOne(draw, present());
        const connection = drawConnection(draw, [kind], 20, 3);
        const field = rootFieldOf(kind);
        const before = graph.sentQueries;
        const { data, errors } = await api.ask(`{ ${field}${connection.text} }`);
        expect(errors).toBeUndefined();
        expect(graph.sentQueries - before).toBe(1);
        expect(data).toEqual({ [field]: connection.of(plain.byKind.get(kind) ?? []) });
      }),
      { numRuns: 40 },
    );
  });

  it('of nodes of several kinds costs one query and gives what the graph holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const all = [...plain.nodes.values()];
        const chosen = drawSome(draw, present(), 4).flatMap((kind) =>
          drawSome(draw, (plain.byKind.get(kind) ?? []).slice(0, 30), 3),
        );
        const nodes = chosen.length === 0 ? all.slice(0, 1) : chosen;
        const selection = drawNode(
          draw,
          [...new Set(nodes.map(({ kind }) => kind)), 'Host', 'Cluster'],
          2,
        );
        const before = graph.sentQueries;
        const { data, errors } = await api.ask(
          `query ($ids: [ID!]!) { nodes(ids: $ids) { ${selection.text} } }`,
          { variables: { ids: nodes.map(({ id }) => id) } },
        );
        expect(errors).toBeUndefined();
        expect(graph.sentQueries - before).toBe(1);
        expect(data).toEqual({ nodes: nodes.map(selection.of) });
      }),
      { numRuns: 20 },
    );
  });
});
