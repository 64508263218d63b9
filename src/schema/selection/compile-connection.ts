import type { FieldNode } from 'graphql';
import { integerParameter, isEntityKind } from '../../graph/index.js';
import { compileForKinds } from '../../search/index.js';
import { readCursor } from '../paging/cursor.js';
import { keysetCondition } from '../paging/keyset.js';
import { orderClause, orderSignature, orderTerms, reversed } from '../paging/order-terms.js';
import { pageRequest } from '../paging/page-request.js';
import { whereFilter } from '../where/where-filter.js';
import { connectionArguments, ordersOf } from './connection-arguments.js';
import type { Compilation, CompiledValue } from './compilation.js';
import { compileRows } from './compile-rows.js';
import { traversalPattern, type Traversal } from './traversal.js';

/** A connection of a kind as it was selected. */
export interface SelectedConnection {
  readonly typeName: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly nodes: readonly FieldNode[];
}

const conditionOf = (conditions: readonly (string | undefined)[]): string => {
  const present = conditions.filter((condition) => condition !== undefined);
  return present.length === 0 ? '' : ` WHERE ${present.join(' AND ')}`;
};

/** A page of what a relationship to many leads to, as one value of its owner's row. */
export const compileConnection = (
  compilation: Compilation,
  variable: string,
  traversal: Traversal,
  { typeName, values, nodes }: SelectedConnection,
): CompiledValue => {
  const { parameters } = compilation;
  const [kind] = traversal.targets;
  if (kind === undefined) throw new Error(`${traversal.name} leads to no kind`);
  const given = connectionArguments.parse(values);
  const request = pageRequest(given, compilation.largestPage);
  const end = parameters.variable();
  const edge = parameters.variable();
  const pattern = traversalPattern(variable, traversal, edge, end);
  const forward = orderTerms(kind, end, ordersOf(given), parameters, isEntityKind(kind));
  const terms = request.backward ? reversed(forward) : forward;
  const filter = whereFilter(traversal.targets, given.where);
  const condition =
    filter === undefined ? undefined : compileForKinds(traversal.targets, end, filter, parameters);
  const cursor =
    request.cursor === undefined
      ? undefined
      : readCursor(request.cursor, orderSignature(terms), terms.length);
  const after = cursor && keysetCondition(terms, cursor.values, parameters);
  const rows = compileRows(compilation, {
    typeName,
    kinds: traversal.targets,
    variable: end,
    edge,
    terms,
    nodes,
  });
  const page = { ...request, seen: cursor?.seen ?? 0, terms };
  const list = [
    `MATCH ${pattern}${conditionOf([condition, after])}`,
    `WITH ${end}, ${edge} ${orderClause(terms)} LIMIT ${parameters.add(integerParameter(page.size + 1))}`,
    ...rows.matches,
    `RETURN ${rows.text} ${orderClause(terms)}`,
  ].join(' ');
  if (!rows.wantsTotal) {
    return {
      matches: [],
      text: rows.wantsRows ? `COLLECT { ${list} }` : 'null',
      decode: (value) => rows.read(Array.isArray(value) ? value : [], null, page),
    };
  }
  const texts = [
    rows.wantsRows ? `COLLECT { ${list} }` : 'null',
    `COUNT { MATCH ${pattern}${conditionOf([condition])} }`,
  ];
  return {
    matches: [],
    text: `[${texts.join(', ')}]`,
    decode: (value) => {
      const [found, total] = Array.isArray(value) ? (value as readonly unknown[]) : [];
      return rows.read(Array.isArray(found) ? found : [], total, page);
    },
  };
};
