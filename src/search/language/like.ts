import type { Filter } from '../ast.js';

type Compare = Extract<Filter, { type: 'compare' }>;

const escapeExpression = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A pattern with % (any text) and _ (any letter) as the cheapest comparison that means the same. */
export const likeFilter = (
  path: readonly string[],
  pattern: string,
  ignoreCase: boolean,
): Compare => {
  const compare = (comparison: Compare['comparison'], value: string): Compare => ({
    type: 'compare',
    path,
    comparison,
    value,
    ...(ignoreCase ? { ignoreCase } : {}),
  });
  const [, start = '', inner = '', end = ''] = /^(%?)([^]*?)(%?)$/.exec(pattern) ?? [];
  if (/[%_]/.test(inner)) {
    const expression = escapeExpression(pattern).replaceAll('%', '.*').replaceAll('_', '.');
    return compare('matches', `^${expression}$`);
  }
  if (start !== '' && end !== '') return compare('contains', inner);
  if (start !== '') return compare('endsWith', inner);
  if (end !== '') return compare('startsWith', inner);
  return compare('equals', inner);
};
