import type { Comparison, Filter, Scalar, Search } from './ast.js';
import { pluralOf } from './kind-name.js';

const symbols: Readonly<Record<Comparison, string>> = {
  equals: '=',
  notEquals: '!=',
  less: '<',
  lessOrEqual: '<=',
  greater: '>',
  greaterOrEqual: '>=',
  matches: '~=',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
};

const quantifiers = { some: 'any', all: 'all', none: 'none' } as const;

const printText = (text: string): string =>
  `'${text.replaceAll("'", "''").replace(/[\n\t\r]/g, (letter) => ({ '\n': '\\n', '\t': '\\t' })[letter] ?? '\\r')}'`;

/** A moment seen from now, in the form that a search keeps. */
const isKeptMoment = /^now(?:-\d{1,6}(?:s|min|h|d|w|mo|y))*$/;

const plainNumber = (value: number): string =>
  value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });

const printScalar = (value: Scalar): string => {
  if (typeof value === 'string') return isKeptMoment.test(value) ? value : printText(value);
  return typeof value === 'number' ? plainNumber(value) : String(value);
};

const printPath = (path: readonly string[]): string => path.join('.');

const escapeExpression = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The language has no comparison without regard to case but `ilike` and expressions. */
const printCompare = (filter: Extract<Filter, { type: 'compare' }>): string => {
  const { path, comparison, value } = filter;
  if (filter.ignoreCase === true && typeof value === 'string' && !/[%_]/.test(value)) {
    const pattern = {
      contains: `%${value}%`,
      startsWith: `${value}%`,
      endsWith: `%${value}`,
      equals: value,
    }[comparison as string];
    if (pattern !== undefined) return `${printPath(path)} ilike ${printText(pattern)}`;
    return `${printPath(path)} ~= ${printText(`(?i)${escapeExpression(value)}`)}`;
  }
  return `${printPath(path)} ${symbols[comparison]} ${printScalar(value)}`;
};

/** A filter in the language, with parentheses wherever they could be needed. */
export const printFilter = (filter: Filter): string => {
  switch (filter.type) {
    case 'and':
    case 'or':
      return `(${filter.filters.map(printFilter).join(` ${filter.type} `)})`;
    case 'not':
      return `not (${printFilter(filter.filter)})`;
    case 'compare':
      return printCompare(filter);
    case 'oneOf':
      return `${printPath(filter.path)} in (${filter.values.map(printScalar).join(', ')})`;
    case 'between':
      return `${printPath(filter.path)} between ${printScalar(filter.low)} and ${printScalar(filter.high)}`;
    case 'missing':
      return `${printPath(filter.path)} is null`;
    case 'some':
    case 'all':
    case 'none': {
      const where = filter.filter === undefined ? '' : ` where ${printFilter(filter.filter)}`;
      return `${quantifiers[filter.type]}(${printPath(filter.path)}${where})`;
    }
    case 'aggregate': {
      const where = filter.filter === undefined ? '' : ` where ${printFilter(filter.filter)}`;
      const call = `${filter.function}(${printPath(filter.path)}${where})`;
      return `${call} ${symbols[filter.comparison]} ${plainNumber(filter.value)}`;
    }
    case 'fullText':
      return `search(${printText(filter.text)})`;
  }
};

/** A search in the language; parsing what is printed gives the search again. */
export const printSearch = (search: Search): string => {
  const columns = search.columns?.map(printPath).join(', ');
  const orders = search.orderBy.map(
    ({ path, direction }) => `${printPath(path)}${direction === 'descending' ? ' desc' : ''}`,
  );
  return [
    columns === undefined ? '' : `select ${columns} from`,
    pluralOf(search.kind),
    search.filter === undefined ? '' : `where ${printFilter(search.filter)}`,
    orders.length === 0 ? '' : `order by ${orders.join(', ')}`,
    search.limit === undefined ? '' : `limit ${String(search.limit)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
};
