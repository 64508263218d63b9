import type { TokenType } from 'chevrotain';
import type { Comparison } from '../ast.js';
import * as t from './tokens.js';

export const quantifiers: Readonly<Record<string, 'some' | 'all' | 'none'>> = {
  any: 'some',
  some: 'some',
  exists: 'some',
  all: 'all',
  none: 'none',
};

export const aggregates: Readonly<Record<string, 'count' | 'sum' | 'avg' | 'min' | 'max'>> = {
  count: 'count',
  len: 'count',
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
};

/** Operators that take one value, with what they mean. */
export const valueOperators: readonly (readonly [TokenType, Comparison, boolean])[] = [
  [t.equals, 'equals', false],
  [t.notEquals, 'notEquals', false],
  [t.lessOrEqual, 'lessOrEqual', false],
  [t.less, 'less', false],
  [t.greaterOrEqual, 'greaterOrEqual', false],
  [t.greater, 'greater', false],
  [t.matches, 'matches', false],
  [t.notMatches, 'matches', true],
  [t.contains, 'contains', false],
  [t.startsWith, 'startsWith', false],
  [t.endsWith, 'endsWith', false],
];

export interface Operator {
  readonly comparison: Comparison;
  readonly negate: boolean;
}

/** Every operator as its token calls it, for whoever lists them. */
export const operatorSpellings: readonly string[] = [
  ...valueOperators.map(([token]) => token),
  t.inWord,
  t.between,
  t.like,
  t.ilike,
].map((token) => token.LABEL ?? token.name);
