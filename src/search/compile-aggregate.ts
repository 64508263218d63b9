import type { CompiledCypher } from '../graph/index.js';
import type { Search } from './ast.js';
import { compileColumn } from './compile-column.js';
import { orderedMatch } from './compile-search.js';
import { Parameters } from './parameters.js';
import { resolvePath } from './path.js';
import { SearchError } from './search-error.js';

export const aggregateFunctions = ['sum', 'avg', 'min', 'max'] as const;
export type AggregateFunction = (typeof aggregateFunctions)[number];

/** A figure over the objects of a group. */
export interface Measure {
  readonly function: AggregateFunction;
  readonly path: readonly string[];
}

export interface AggregateOptions {
  /** Objects with equal values along these paths are one group; none: all are one. */
  readonly groupBy: readonly (readonly string[])[];
  readonly measures: readonly Measure[];
  /** Groups at most, the greatest first. */
  readonly limit: number;
}

const numbers: ReadonlySet<string> = new Set(['integer', 'float']);

const requireNumber = (search: Search, path: readonly string[]): void => {
  const { property } = resolvePath([search.kind], path);
  if (property !== undefined && numbers.has(property.definition.type)) return;
  throw new SearchError({
    what: 'A figure needs numbers',
    subject: path.join('.'),
    why: `'${path.at(-1) ?? ''}' holds none`,
    remedy: 'Take a property that holds a number, such as memoryMB.',
  });
};

/**
 * Groups of what a search finds, as one query with the columns `keys` (a list, in the order of
 * `groupBy`), `count` and `values` (a list, in the order of the measures). Throws SearchError.
 */
export const compileAggregate = (
  search: Search,
  { groupBy, measures, limit }: AggregateOptions,
): CompiledCypher => {
  const parameters = new Parameters();
  for (const { path } of measures) requireNumber(search, path);
  const match = orderedMatch({ ...search, orderBy: [] }, {}, parameters);
  const column = (path: readonly string[]): string =>
    compileColumn(search.kind, 'n', path, parameters);
  const inputs = measures.map(({ path }, index) => `${column(path)} AS m${index}`);
  const keys = `[${groupBy.map(column).join(', ')}] AS keys`;
  const values = measures.map((measure, index) => `${measure.function}(m${index})`);
  const text = [
    ...match,
    `WITH ${[keys, ...inputs].join(', ')}`,
    `WITH keys, count(*) AS count, [${values.join(', ')}] AS values`,
    'RETURN keys, count, values',
    'ORDER BY count DESC, toStringOrNull(keys[0])',
    `LIMIT toInteger(${parameters.add(limit)})`,
  ];
  return { text: text.join('\n'), parameters: parameters.values };
};

/**
 * How a number is spread over what a search finds: `buckets` of equal width between the least and
 * the greatest, as rows of `bucket` (from 0), `count`, `low` and `high` of all. Throws SearchError.
 */
export const compileHistogram = (
  search: Search,
  path: readonly string[],
  buckets: number,
): CompiledCypher => {
  const parameters = new Parameters();
  requireNumber(search, path);
  const match = orderedMatch({ ...search, orderBy: [] }, {}, parameters);
  const value = compileColumn(search.kind, 'n', path, parameters);
  const wanted = parameters.add(buckets);
  const text = [
    ...match,
    `WITH ${value} AS value WHERE value IS NOT NULL`,
    'WITH collect(toFloat(value)) AS values, min(value) AS low, max(value) AS high',
    'UNWIND values AS value',
    `WITH low, high, CASE WHEN high = low THEN 0 ELSE toInteger((value - low) * ${wanted} / (high - low)) END AS place`,
    `WITH low, high, CASE WHEN place >= ${wanted} THEN toInteger(${wanted}) - 1 ELSE place END AS bucket`,
    'RETURN bucket, count(*) AS count, low, high ORDER BY bucket',
  ];
  return { text: text.join('\n'), parameters: parameters.values };
};
