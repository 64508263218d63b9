import { createToken, Lexer, type TokenType } from 'chevrotain';
import { timeUnits } from '../relative-moment.js';

export const identifier = createToken({
  name: 'Identifier',
  label: 'a name',
  pattern: /[A-Za-z_][A-Za-z0-9_]*/,
});

const keyword = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, label: name.toLowerCase(), pattern, longer_alt: identifier });

const symbol = (name: string, pattern: string | RegExp, label: string): TokenType =>
  createToken({ name, label, pattern });

export const select = keyword('Select', /select/i);
export const from = keyword('From', /from/i);
export const where = keyword('Where', /where/i);
export const orderBy = createToken({
  name: 'OrderBy',
  label: 'order by',
  pattern: /order\s+by\b/i,
});
export const limit = keyword('Limit', /limit/i);
export const and = keyword('And', /and/i);
export const or = keyword('Or', /or/i);
export const not = keyword('Not', /not/i);
export const isWord = keyword('Is', /is/i);
export const nullWord = keyword('Null', /null/i);
export const inWord = keyword('In', /in/i);
export const between = keyword('Between', /between/i);
export const like = keyword('Like', /like/i);
export const ilike = keyword('Ilike', /ilike/i);
export const contains = keyword('Contains', /contains/i);
export const startsWith = createToken({
  name: 'StartsWith',
  label: 'starts with',
  pattern: /starts\s+with\b/i,
});
export const endsWith = createToken({
  name: 'EndsWith',
  label: 'ends with',
  pattern: /ends\s+with\b/i,
});
export const trueWord = keyword('True', /true/i);
export const falseWord = keyword('False', /false/i);
export const ascending = keyword('Ascending', /asc(?:ending)?/i);
export const descending = keyword('Descending', /desc(?:ending)?/i);

// A function is one only before its parenthesis, so that a field may have the same name.
export const quantifier = createToken({
  name: 'Quantifier',
  label: 'any, all or none',
  pattern: /(?:any|some|exists|all|none)(?=\s*\()/i,
});
export const aggregate = createToken({
  name: 'Aggregate',
  label: 'count, sum, avg, min or max',
  pattern: /(?:count|len|sum|avg|min|max)(?=\s*\()/i,
});
export const fullText = createToken({
  name: 'FullText',
  label: 'search',
  pattern: /search(?=\s*\()/i,
});

export const text = createToken({
  name: 'Text',
  label: "a text in quotes, such as 'web'",
  pattern: /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`/,
  line_breaks: true,
});
export const number = createToken({
  name: 'Number',
  label: 'a number, such as 4096 or 2Ti',
  pattern: /-?(?:\d+(?:\.\d+)?|\.\d+)(?:[kKMGTPE]i?B?|B)?(?![A-Za-z0-9_])/,
});
const timeUnit = `(?:${[...Object.values(timeUnits).flat(), 'm']
  .toSorted((one, other) => other.length - one.length)
  .join('|')})`;

export const duration = createToken({
  name: 'Duration',
  label: 'a stretch of time, such as 90 days',
  pattern: new RegExp(`\\d{1,6}\\s*${timeUnit}\\b`, 'i'),
  line_breaks: true,
});
export const ago = createToken({
  name: 'Ago',
  label: 'a moment, such as 90 days ago',
  pattern: new RegExp(`\\d{1,6}\\s*${timeUnit}\\s+ago\\b`, 'i'),
  line_breaks: true,
});
export const relativeMoment = createToken({
  name: 'RelativeMoment',
  label: 'a moment, such as now - 90d',
  pattern: new RegExp(`now(?:\\s*-\\s*\\d{1,6}\\s*${timeUnit})*\\b`, 'i'),
  line_breaks: true,
  longer_alt: identifier,
});
export const age = createToken({
  name: 'Age',
  label: 'older than or newer than',
  pattern: /(?:older|newer)\s+than\b/i,
  line_breaks: true,
});

export const notMatches = symbol('NotMatches', /~!|!~/, '~!');
export const matches = symbol('Matches', /~=|=~/, '~=');
export const notEquals = symbol('NotEquals', /!=|<>/, '!=');
export const lessOrEqual = symbol('LessOrEqual', '<=', '<=');
export const greaterOrEqual = symbol('GreaterOrEqual', '>=', '>=');
export const equals = symbol('Equals', /==?/, '=');
export const less = symbol('Less', '<', '<');
export const greater = symbol('Greater', '>', '>');
export const everyElement = symbol('EveryElement', /\[\s*\*\s*\]/, '[*]');
export const open = symbol('Open', '(', '(');
export const close = symbol('Close', ')', ')');
export const openList = symbol('OpenList', '[', '[');
export const closeList = symbol('CloseList', ']', ']');
export const comma = symbol('Comma', ',', ',');
export const dot = symbol('Dot', '.', '.');
export const star = symbol('Star', '*', '*');

const gap = createToken({
  name: 'Gap',
  pattern: /\s+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** In the order in which the lexer tries them: longer spellings before their beginnings. */
export const tokens: TokenType[] = [
  gap,
  quantifier,
  aggregate,
  fullText,
  orderBy,
  startsWith,
  endsWith,
  age,
  relativeMoment,
  ago,
  duration,
  select,
  from,
  where,
  limit,
  and,
  not,
  or,
  isWord,
  nullWord,
  ilike,
  inWord,
  between,
  like,
  contains,
  trueWord,
  falseWord,
  ascending,
  descending,
  identifier,
  text,
  number,
  everyElement,
  notMatches,
  matches,
  notEquals,
  lessOrEqual,
  greaterOrEqual,
  equals,
  less,
  greater,
  open,
  close,
  openList,
  closeList,
  comma,
  dot,
  star,
];

export const lexer = new Lexer(tokens, { positionTracking: 'full', ensureOptimizations: false });
