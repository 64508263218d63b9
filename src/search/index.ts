export {
  aggregateFunctions,
  compileAggregate,
  compileHistogram,
  type AggregateFunction,
  type Measure,
} from './compile-aggregate.js';
export * from './ast.js';
export { compileColumn } from './compile-column.js';
export { compileFilter, compileForKinds } from './compile-filter.js';
export { compileCells, compileSearch, startAtText, type CompileOptions } from './compile-search.js';
export { luceneQuery, splitFullText, type SplitFilter } from './full-text.js';
export { kindNamed, pluralOf, searchNamesOf } from './kind-name.js';
export { parseSearch } from './language/parse-search.js';
export { nearestName } from './nearest-name.js';
export { Parameters } from './parameters.js';
export { resolvePath, type Hop, type ResolvedPath } from './path.js';
export { printFilter, printSearch } from './print-search.js';
export { beforeNow, parseDuration } from './relative-moment.js';
export * from './saved/saved-searches.js';
export { positionAt, SearchError, type TextPosition } from './search-error.js';
