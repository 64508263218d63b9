import {
  fieldsOf,
  fullTextIndexName,
  isKind,
  kindDefinition,
  type CompiledCypher,
  type Kind,
} from '../graph/index.js';
import type { Order, Search } from './ast.js';
import { compileCell, compileColumn } from './compile-column.js';
import { compileFilter } from './compile-filter.js';
import { luceneQuery, splitFullText } from './full-text.js';
import { Parameters } from './parameters.js';

export interface CompileOptions {
  /** Values to return beside id and name, each under `c0`, `c1`, … in this order. */
  readonly columns?: readonly (readonly string[])[];
  /** Only what comes after this id; for paging in the order of ids, so not with an orderBy. */
  readonly after?: string;
  /** Rows at most, where it is fewer than the search's own limit. */
  readonly limit?: number;
}

/** Whether nodes of a kind are found as what they belong to: parts of a machine, and tags. */
const belongs = (kind: string): boolean =>
  kind === 'Tag' || (isKind(kind) && 'machine' in kindDefinition(kind).edges);

/** Relationships from a kind to its parts and tags; all of them lead away from the kind. */
const belongings = (kind: Kind): string => {
  const types = [...fieldsOf(kind).values()].flatMap((field) =>
    field.type === 'relation' && field.direction === 'out' && field.targets.some(belongs)
      ? [field.relationship]
      : [],
  );
  return [...new Set(types)].join('|');
};

/**
 * Starts at what the full-text index finds: the object itself, or an address or tag of it. Binds it
 * to `n`, each once.
 */
export const startAtText = (kind: Kind, text: string, parameters: Parameters): string => {
  const index = parameters.add(fullTextIndexName);
  const query = parameters.add(luceneQuery(text));
  const types = belongings(kind);
  const itself = `WITH node WHERE node:${kind} RETURN node AS n`;
  const owner = types === '' ? '' : ` UNION MATCH (n:${kind})-[:${types}]->(node) RETURN n`;
  return [
    `CALL db.index.fulltext.queryNodes(${index}, ${query}) YIELD node`,
    `CALL (node) { ${itself}${owner} }`,
    'WITH DISTINCT n',
  ].join('\n');
};

const startOf = (search: Search, text: string | undefined, parameters: Parameters): string =>
  text === undefined ? `MATCH (n:${search.kind})` : startAtText(search.kind, text, parameters);

const orderTerm = (search: Search, order: Order, parameters: Parameters): string => {
  const value = compileColumn(search.kind, 'n', order.path, parameters);
  return order.direction === 'descending' ? `${value} DESC` : value;
};

/** Everything up to the ordered variable `n`, as lines. */
export const orderedMatch = (
  search: Search,
  options: CompileOptions,
  parameters: Parameters,
): readonly string[] => {
  const { fullText, rest } = splitFullText(search.filter);
  // The index of a kind's ids serves their order only where a condition on the id asks for it.
  const inOrder = search.orderBy.length === 0 && fullText === undefined ? '' : undefined;
  const after = options.after ?? inOrder;
  const conditions = [
    ...(after === undefined ? [] : [`n.id > ${parameters.add(after)}`]),
    ...(rest === undefined ? [] : [compileFilter(search.kind, 'n', rest, parameters)]),
  ];
  const terms = search.orderBy.map((order) => orderTerm(search, order, parameters));
  const limit = Math.min(search.limit ?? Infinity, options.limit ?? Infinity);
  return [
    startOf(search, fullText, parameters),
    ...(conditions.length === 0 ? [] : [`WHERE ${conditions.join(' AND ')}`]),
    `WITH n ORDER BY ${[...terms, 'n.id'].join(', ')}`,
    ...(Number.isFinite(limit) ? [`LIMIT toInteger(${parameters.add(limit)})`] : []),
  ];
};

const columnsOf = (search: Search, options: CompileOptions, parameters: Parameters): string[] =>
  (options.columns ?? []).map((path) => compileCell(search.kind, 'n', path, parameters));

/**
 * A search as one query with the columns `id`, `name` and those asked for. Rows come in the
 * search's order, then by id, so that two runs over one state agree. Throws SearchError.
 */
export const compileSearch = (search: Search, options: CompileOptions = {}): CompiledCypher => {
  const parameters = new Parameters();
  const match = orderedMatch(search, options, parameters);
  const columns = columnsOf(search, options, parameters).map(
    (expression, index) => `${expression} AS c${index}`,
  );
  const result = `RETURN ${['n.id AS id', 'n.name AS name', ...columns].join(', ')}`;
  return { text: [...match, result].join('\n'), parameters: parameters.values };
};

/** A search as one query whose only column `cells` is a list of the columns asked for. */
export const compileCells = (search: Search, options: CompileOptions): CompiledCypher => {
  const parameters = new Parameters();
  const match = orderedMatch(search, options, parameters);
  const cells = `RETURN [${columnsOf(search, options, parameters).join(', ')}] AS cells`;
  return { text: [...match, cells].join('\n'), parameters: parameters.values };
};
