import type { Kind } from '../graph/model/index.js';
import type { Parameters } from './parameters.js';
import { resolvePath, type Hop } from './path.js';
import { pattern } from './pattern.js';

/**
 * The value at the end of a path as a Cypher expression: itself over relationships to one, a list
 * (sorted, each value once) over a relationship to many. A path that ends at a relationship gives
 * the names of what it leads to. Throws SearchError.
 */
export const compileColumn = (
  kind: Kind,
  variable: string,
  path: readonly string[],
  parameters: Parameters,
): string => {
  const { hops, property } = resolvePath([kind], path);
  if (hops.length === 0) return `${variable}.${property?.name ?? 'id'}`;
  const { text, end } = pattern(variable, hops, parameters);
  const value = `${end}.${property?.name ?? 'name'}`;
  const list = `COLLECT { MATCH ${text} WITH DISTINCT ${value} AS value ORDER BY value RETURN value }`;
  return hops.some((hop) => hop.relation.many) ? list : `head(${list})`;
};

interface Related {
  readonly match: string;
  readonly variables: readonly string[];
}

/** What a path leads to, with nothing in its place where it goes no further than the first many. */
const related = (start: string, hops: readonly Hop[], parameters: Parameters): Related => {
  const many = hops.findIndex((hop) => hop.relation.many) + 1;
  const first = pattern(start, hops.slice(0, many), parameters);
  if (many === hops.length) return { match: `MATCH ${first.text}`, variables: first.variables };
  const rest = pattern(first.end, hops.slice(many), parameters);
  return {
    match: `MATCH ${first.text} OPTIONAL MATCH ${rest.text}`,
    variables: [...first.variables, ...rest.variables],
  };
};

/**
 * The value at the end of a path as a cell of a table. Over a relationship to many it is a list
 * with a place for each related object, in the order of their ids: columns over one relationship
 * can be read side by side, and null stands where a value is unknown. Throws SearchError.
 */
export const compileCell = (
  kind: Kind,
  variable: string,
  path: readonly string[],
  parameters: Parameters,
): string => {
  const { hops, property } = resolvePath([kind], path);
  if (!hops.some((hop) => hop.relation.many)) {
    return compileColumn(kind, variable, path, parameters);
  }
  const { match, variables } = related(variable, hops, parameters);
  const value = `${variables.at(-1) ?? variable}.${property?.name ?? 'name'}`;
  const order = variables.map((each) => `${each}.id`).join(', ');
  return `COLLECT { ${match} RETURN ${value} ORDER BY ${order} }`;
};
