import type { Kind } from '../graph/model/index.js';
import type { Parameters } from './parameters.js';
import { resolvePath } from './path.js';
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
