import type { CompiledCypher } from '../graph/query/graph.js';
import type { Order, Search } from './ast.js';
import { compileColumn } from './compile-column.js';
import { compileFilter } from './compile-filter.js';
import { luceneQuery, splitFullText } from './full-text.js';
import { Parameters } from './parameters.js';

/** Name of the full-text index over what the model marks for it. */
export const fullTextIndex = 'entity_text';

export interface CompileOptions {
  /** Values to return beside id and name, each under `c0`, `c1`, … in this order. */
  readonly columns?: readonly (readonly string[])[];
  /** Only what comes after this id; for paging in the order of ids, so not with an orderBy. */
  readonly after?: string;
  /** Rows at most, where it is fewer than the search's own limit. */
  readonly limit?: number;
}

const startOf = (search: Search, text: string | undefined, parameters: Parameters): string => {
  if (text === undefined) return `MATCH (n:${search.kind})`;
  const index = parameters.add(fullTextIndex);
  const query = parameters.add(luceneQuery(text));
  return `CALL db.index.fulltext.queryNodes(${index}, ${query}) YIELD node AS n WITH n WHERE n:${search.kind}\nMATCH (n)`;
};

const orderTerm = (search: Search, order: Order, parameters: Parameters): string => {
  const value = compileColumn(search.kind, 'n', order.path, parameters);
  return order.direction === 'descending' ? `${value} DESC` : value;
};

/**
 * A search as one query with the columns `id`, `name` and those asked for. Rows come in the
 * search's order, then by id, so that two runs over one state agree. Throws SearchError.
 */
export const compileSearch = (search: Search, options: CompileOptions = {}): CompiledCypher => {
  const parameters = new Parameters();
  const { fullText, rest } = splitFullText(search.filter);
  const start = startOf(search, fullText, parameters);
  const conditions = [
    ...(options.after === undefined ? [] : [`n.id > ${parameters.add(options.after)}`]),
    ...(rest === undefined ? [] : [compileFilter(search.kind, 'n', rest, parameters)]),
  ];
  const where = conditions.length === 0 ? '' : `\nWHERE ${conditions.join(' AND ')}`;
  const terms = search.orderBy.map((order) => orderTerm(search, order, parameters));
  const columns = (options.columns ?? []).map(
    (path, index) => `${compileColumn(search.kind, 'n', path, parameters)} AS c${index}`,
  );
  const limit = Math.min(search.limit ?? Infinity, options.limit ?? Infinity);
  const text = [
    `${start}${where}`,
    `WITH n ORDER BY ${[...terms, 'n.id'].join(', ')}`,
    Number.isFinite(limit) ? `LIMIT toInteger(${parameters.add(limit)})` : '',
    `RETURN ${['n.id AS id', 'n.name AS name', ...columns].join(', ')}`,
  ];
  return { text: text.filter((line) => line !== '').join('\n'), parameters: parameters.values };
};
