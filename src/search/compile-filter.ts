import type { Kind } from '../graph/model/index.js';
import type { Filter } from './ast.js';
import type { NamedProperty } from './coerce.js';
import { betweenCondition, compareCondition, oneOfCondition } from './compile-comparison.js';
import type { Parameters } from './parameters.js';
import { resolvePath, type ResolvedPath } from './path.js';
import { pattern } from './pattern.js';
import { SearchError } from './search-error.js';

type Compiled<T extends Filter['type']> = Extract<Filter, { type: T }>;

const propertyOf = (path: readonly string[], resolved: ResolvedPath): NamedProperty => {
  if (resolved.property !== undefined) return resolved.property;
  throw new SearchError({
    what: 'The path ends at a relationship',
    subject: path.join('.'),
    why: 'a comparison needs a value, and a relationship leads to objects',
    remedy: `Name a property after it, for instance ${path.join('.')}.name.`,
  });
};

const relationOnly = (path: readonly string[], resolved: ResolvedPath): void => {
  if (resolved.property === undefined && resolved.hops.length > 0) return;
  throw new SearchError({
    what: 'The path does not lead to objects',
    subject: path.join('.'),
    why: `'${path.at(-1) ?? ''}' is a value`,
    remedy: 'Name a relationship, such as disks or host.cluster.',
  });
};

/** A condition at the end of a path: on the variable itself, or on something it leads to. */
const alongPath = (
  variable: string,
  resolved: ResolvedPath,
  parameters: Parameters,
  condition: (end: string) => string,
): string => {
  if (resolved.hops.length === 0) return condition(variable);
  const { text, end } = pattern(variable, resolved.hops, parameters);
  return `EXISTS { MATCH ${text} WHERE ${condition(end)} }`;
};

const compileOnProperty = (
  kinds: readonly Kind[],
  variable: string,
  filter: Compiled<'compare' | 'oneOf' | 'between'>,
  parameters: Parameters,
): string => {
  const resolved = resolvePath(kinds, filter.path);
  const property = propertyOf(filter.path, resolved);
  return alongPath(variable, resolved, parameters, (end) => {
    switch (filter.type) {
      case 'compare':
        return compareCondition(end, property, filter, parameters);
      case 'oneOf':
        return oneOfCondition(end, property, filter.values, parameters);
      case 'between':
        return betweenCondition(end, property, filter, parameters);
    }
  });
};

const compileMissing = (
  kinds: readonly Kind[],
  variable: string,
  filter: Compiled<'missing'>,
  parameters: Parameters,
): string => {
  const resolved = resolvePath(kinds, filter.path);
  const { property } = resolved;
  if (resolved.hops.length === 0 && property !== undefined) {
    return `${variable}.${property.name} IS NULL`;
  }
  const { text, end } = pattern(variable, resolved.hops, parameters);
  const known = property === undefined ? '' : ` WHERE ${end}.${property.name} IS NOT NULL`;
  return `NOT EXISTS { MATCH ${text}${known} }`;
};

const compileQuantifier = (
  kinds: readonly Kind[],
  variable: string,
  filter: Compiled<'some' | 'all' | 'none'>,
  parameters: Parameters,
): string => {
  const resolved = resolvePath(kinds, filter.path);
  relationOnly(filter.path, resolved);
  const { text, end } = pattern(variable, resolved.hops, parameters);
  const inner =
    filter.filter === undefined
      ? undefined
      : compileForKinds(resolved.kinds, end, filter.filter, parameters);
  if (filter.type === 'all') {
    return inner === undefined
      ? 'true'
      : `NOT EXISTS { MATCH ${text} WHERE NOT coalesce(${inner}, false) }`;
  }
  const exists = `EXISTS { MATCH ${text}${inner === undefined ? '' : ` WHERE ${inner}`} }`;
  return filter.type === 'none' ? `NOT ${exists}` : exists;
};

const aggregateOperators = {
  equals: '=',
  notEquals: '<>',
  less: '<',
  lessOrEqual: '<=',
  greater: '>',
  greaterOrEqual: '>=',
} as const;

const aggregateOperator = (filter: Compiled<'aggregate'>): string => {
  if (filter.comparison in aggregateOperators) {
    return aggregateOperators[filter.comparison as keyof typeof aggregateOperators];
  }
  throw new SearchError({
    what: 'An aggregate is a number',
    subject: filter.path.join('.'),
    why: `'${filter.comparison}' is a comparison of texts`,
    remedy: 'Use =, !=, <, <=, > or >=.',
  });
};

const compileAggregate = (
  kinds: readonly Kind[],
  variable: string,
  filter: Compiled<'aggregate'>,
  parameters: Parameters,
): string => {
  const resolved = resolvePath(kinds, filter.path);
  if (filter.function === 'count') relationOnly(filter.path, resolved);
  const { text, end } = pattern(variable, resolved.hops, parameters);
  const where =
    filter.filter === undefined
      ? ''
      : ` WHERE ${compileForKinds(resolved.kinds, end, filter.filter, parameters)}`;
  const compared = `${aggregateOperator(filter)} ${parameters.add(filter.value)}`;
  if (filter.function === 'count') return `COUNT { MATCH ${text}${where} } ${compared}`;
  const property = propertyOf(filter.path, resolved);
  if (!['integer', 'float'].includes(property.definition.type)) {
    throw new SearchError({
      what: 'The aggregate needs numbers',
      subject: filter.path.join('.'),
      why: `'${property.name}' is a ${property.definition.type}`,
      remedy: 'Use count, or a property that holds a number.',
    });
  }
  const value = `${filter.function}(${end}.${property.name})`;
  return `head(COLLECT { MATCH ${text}${where} RETURN ${value} }) ${compared}`;
};

/** A filter over a variable that may be of any of the kinds. Throws SearchError. */
export const compileForKinds = (
  kinds: readonly Kind[],
  variable: string,
  filter: Filter,
  parameters: Parameters,
): string => {
  const compile = (inner: Filter): string => compileForKinds(kinds, variable, inner, parameters);
  switch (filter.type) {
    case 'and':
      return filter.filters.length === 0
        ? 'true'
        : `(${filter.filters.map(compile).join(' AND ')})`;
    case 'or':
      return filter.filters.length === 0
        ? 'false'
        : `(${filter.filters.map(compile).join(' OR ')})`;
    case 'not':
      // A condition on something unknown is null, and a null would vanish under NOT too.
      return `NOT coalesce(${compile(filter.filter)}, false)`;
    case 'compare':
    case 'oneOf':
    case 'between':
      return compileOnProperty(kinds, variable, filter, parameters);
    case 'missing':
      return compileMissing(kinds, variable, filter, parameters);
    case 'some':
    case 'all':
    case 'none':
      return compileQuantifier(kinds, variable, filter, parameters);
    case 'aggregate':
      return compileAggregate(kinds, variable, filter, parameters);
    case 'fullText':
      throw new SearchError({
        what: 'A full-text condition stands too deep',
        subject: filter.text,
        why: 'it selects where a search starts and cannot be negated, nested or one of alternatives',
        remedy: "Join it with the other conditions by 'and' at the top.",
      });
  }
};

/**
 * A filter as a Cypher expression over a bound variable of the kind. Values become parameters;
 * everything else in the text comes from the model. Throws SearchError.
 */
export const compileFilter = (
  kind: Kind,
  variable: string,
  filter: Filter,
  parameters: Parameters,
): string => compileForKinds([kind], variable, filter, parameters);
