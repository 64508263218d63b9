import type { CompiledCypher } from '../graph/index.js';
import type { Search } from './ast.js';
import { compileColumn } from './compile-column.js';
import { orderedMatch } from './compile-search.js';
import { Parameters } from './parameters.js';
import { resolvePath, type ResolvedPath } from './path.js';
import { pattern } from './pattern.js';
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

const requireNumber = (search: Search, path: readonly string[]): ResolvedPath => {
  const resolved = resolvePath([search.kind], path);
  const { property } = resolved;
  if (property !== undefined && numbers.has(property.definition.type)) return resolved;
  throw new SearchError({
    what: 'A figure needs numbers',
    subject: path.join('.'),
    why: `'${path.at(-1) ?? ''}' holds none`,
    remedy: 'Take a property that holds a number, such as memoryMB.',
  });
};

const requireOne = (path: readonly string[], { hops }: ResolvedPath): void => {
  const several = hops.findIndex(({ relation }) => relation.many);
  if (several === -1) return;
  throw new SearchError({
    what: 'A histogram needs one number an object',
    subject: path.join('.'),
    why: `'${path[several] ?? ''}' leads to several`,
    remedy: 'Search for those themselves, for instance disks in place of vms.',
  });
};

/** A figure in two steps: what each object gives to it, and what a group makes of that. */
interface Figure {
  /** What has to be found out of each object first. */
  readonly clauses: readonly string[];
  readonly input: string;
  readonly value: (input: string) => string;
}

/** Over several ends, each object gives sum, count, least and greatest; each end counts once for it. */
const figureOf = (search: Search, measure: Measure, parameters: Parameters): Figure => {
  const { function: name, path } = measure;
  const { hops, property } = requireNumber(search, path);
  if (!hops.some(({ relation }) => relation.many)) {
    const input = compileColumn(search.kind, 'n', path, parameters);
    return { clauses: [], input, value: (of) => `${name}(${of})` };
  }
  const { text, end } = pattern('n', hops, parameters);
  const values = aggregateFunctions
    .map((each) => `${each === 'avg' ? 'count' : each}(${end}.${property?.name ?? ''})`)
    .join(', ');
  const input = parameters.variable();
  // A clause of its own: as an expression its figures would be taken for those of the group.
  const clause = `CALL (n) { MATCH ${text} WITH DISTINCT ${end} RETURN [${values}] AS ${input} }`;
  const part = (each: AggregateFunction, of: string): string =>
    `${of}[${aggregateFunctions.indexOf(each)}]`;
  return {
    clauses: [clause],
    input,
    value: (of) =>
      name === 'avg'
        ? `CASE sum(${part('avg', of)}) WHEN 0 THEN null ELSE toFloat(sum(${part('sum', of)})) / sum(${part('avg', of)}) END`
        : `${name}(${part(name, of)})`,
  };
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
  const figures = measures.map((measure) => figureOf(search, measure, parameters));
  const match = orderedMatch({ ...search, orderBy: [] }, {}, parameters);
  const column = (path: readonly string[]): string =>
    compileColumn(search.kind, 'n', path, parameters);
  const inputs = figures.map(({ input }, index) => `${input} AS m${index}`);
  const keys = `[${groupBy.map(column).join(', ')}] AS keys`;
  const values = figures.map(({ value }, index) => `, ${value(`m${index}`)} AS v${index}`).join('');
  const names = figures.map((_, index) => `v${index}`).join(', ');
  // Anything to group by would leave no row where nothing is found, and the count is zero then.
  const grouped =
    groupBy.length === 0
      ? [`WITH count(*) AS count${values}`, `WITH [] AS keys, count, [${names}] AS values`]
      : [`WITH keys, count(*) AS count${values}`, `WITH keys, count, [${names}] AS values`];
  const text = [
    ...match,
    ...figures.flatMap(({ clauses }) => clauses),
    `WITH ${[keys, ...inputs].join(', ')}`,
    ...grouped,
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
  requireOne(path, requireNumber(search, path));
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
