import { getArgumentValues, getNamedType, type GraphQLResolveInfo } from 'graphql';
import { isEntityKind, type CompiledCypher, type Kind } from '../../graph/index.js';
import {
  Parameters,
  parseSearch,
  SearchError,
  type Filter,
  type Search,
} from '../../search/index.js';
import { readCursor } from '../paging/cursor.js';
import { orderClause, orderSignature, orderTerms, reversed } from '../paging/order-terms.js';
import { pageRequest } from '../paging/page-request.js';
import { rootFieldOf } from '../inventory/kind-names.js';
import { whereFilter } from '../where/where-filter.js';
import { startCompilation } from './compile-node.js';
import { compileRows } from './compile-rows.js';
import { connectionArguments, ordersOf, type ConnectionArguments } from './connection-arguments.js';
import { pageSource, totalSource } from './page-source.js';

/** A root connection as one query, and how to read its rows as the answer. */
export interface CompiledPage {
  readonly cypher: CompiledCypher;
  readonly read: (rows: readonly Record<string, unknown>[]) => unknown;
}

const conjuncts = (filter: Filter | undefined): readonly Filter[] =>
  filter === undefined ? [] : filter.type === 'and' ? filter.filters : [filter];

/** Joined at the top, where a full-text condition may stand. */
const both = (one: Filter | undefined, other: Filter | undefined): Filter | undefined => {
  const filters = [...conjuncts(one), ...conjuncts(other)];
  return filters.length === 0 ? undefined : { type: 'and', filters };
};

const otherKind = (kind: Kind, search: Search): SearchError =>
  new SearchError({
    what: 'The search is about another kind of object',
    subject: search.kind,
    why: `this field lists ${rootFieldOf(kind)}`,
    remedy: `Use the field ${rootFieldOf(search.kind)}, or search, which takes every kind.`,
  });

/** The arguments of a root connection as one search. */
export const searchOf = (
  kind: Kind,
  given: Pick<ConnectionArguments, 'where' | 'search'>,
): Search => {
  const search: Search =
    (given.search ?? '').trim() === ''
      ? { kind, orderBy: [] }
      : parseSearch(given.search ?? '', kind);
  if (search.kind !== kind) throw otherKind(kind, search);
  const filter = both(whereFilter([kind], given.where), search.filter);
  return { ...search, ...(filter === undefined ? {} : { filter }) };
};

const node = 'n';

/**
 * Compiles a root field that lists nodes of one kind: one query for the page and everything selected
 * below it. `largestPage` is the limit on `first` and `last` at every level; `text` is a search that
 * stands in no argument of that name.
 */
export const compilePage = (
  kind: Kind,
  info: GraphQLResolveInfo,
  largestPage: number,
  text?: string,
): CompiledPage => {
  const [field] = info.fieldNodes;
  const definition = info.parentType.getFields()[info.fieldName];
  if (field === undefined || definition === undefined) throw new Error('no field was selected');
  const parameters = new Parameters();
  const given = connectionArguments.parse(
    getArgumentValues(definition, field, info.variableValues),
  );
  const search = searchOf(kind, text === undefined ? given : { ...given, search: text });
  const request = pageRequest(given, largestPage);
  const orderBy = given.orderBy ? ordersOf(given) : search.orderBy;
  const forward = orderTerms(kind, node, orderBy, parameters, isEntityKind(kind));
  const terms = request.backward ? reversed(forward) : forward;
  const signature = orderSignature(terms);
  const cursor =
    request.cursor === undefined ? undefined : readCursor(request.cursor, signature, terms.length);
  const seen = cursor?.seen ?? 0;
  const left = search.limit === undefined ? Infinity : Math.max(0, search.limit - seen);
  const compilation = startCompilation(
    { schema: info.schema, fragments: info.fragments, variableValues: info.variableValues },
    parameters,
    largestPage,
  );
  const rows = compileRows(compilation, {
    typeName: getNamedType(info.returnType).name,
    kinds: [kind],
    variable: node,
    edge: undefined,
    terms,
    nodes: info.fieldNodes,
  });
  const page = { ...request, seen, terms };
  const source = {
    kind,
    variable: node,
    filter: search.filter,
    terms,
    after: cursor?.values,
    limit: Math.min(page.size + 1, left),
  };
  const list = [
    pageSource(source, parameters),
    ...rows.matches,
    `RETURN ${rows.text} AS row, null AS total`,
    orderClause(terms),
  ].join('\n');
  // Counted on its own: beside a literal, nothing to count would give no row instead of a zero.
  const count = [
    totalSource(source, parameters),
    'WITH count(*) AS total RETURN null AS row, total',
  ].join('\n');
  const queries = [...(rows.wantsRows ? [list] : []), ...(rows.wantsTotal ? [count] : [])];
  return {
    cypher: { text: queries.join('\nUNION ALL\n'), parameters: parameters.values },
    read: (answer) => {
      const found = answer.flatMap(({ row }) => (row === null ? [] : [row]));
      const total = answer.find((line) => line.row === null)?.total ?? null;
      const all = typeof total === 'number' ? Math.min(total, search.limit ?? total) : null;
      return rows.read(found, all, page);
    },
  };
};
