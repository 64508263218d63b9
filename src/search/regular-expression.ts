import safeRegex from 'safe-regex2';
import { unboundedWork } from './expression-bounds.js';
import { SearchError } from './search-error.js';

const maximumLength = 256;

/** How a regular expression can be asked for without running one, where it is a plain text. */
export type TextTest =
  | { readonly type: 'equals' | 'startsWith' | 'endsWith' | 'contains'; readonly text: string }
  | { readonly type: 'expression'; readonly expression: string };

const refuse = (expression: string, why: string): SearchError =>
  new SearchError({
    what: 'The regular expression is refused',
    subject: expression.slice(0, maximumLength),
    why,
    remedy: "Write a simpler one, or use 'like' with % and _.",
  });

const special = /[\\^$.*+?()[\]{}|]/;

/** Text between optional anchors, where nothing in it is special. */
const plainText = (expression: string): string | undefined => {
  const inner = expression.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  const unescaped = inner.replace(/\\([.*+?()[\]{}|^$\\/-])/g, (_, letter: string) =>
    letter === '' ? '' : '\u0000',
  );
  if (special.test(unescaped)) return undefined;
  return inner.replace(/\\([.*+?()[\]{}|^$\\/-])/g, '$1');
};

/**
 * Checks an expression that a person wrote and finds the cheapest test that means the same.
 * Refused: what does not parse, what is longer than 256 characters, back-references and
 * look-around (Java and JavaScript differ there), and what can backtrack without end.
 */
export const textTest = (expression: string): TextTest => {
  if (expression.length > maximumLength) {
    throw refuse(expression, `it is longer than ${maximumLength} characters`);
  }
  try {
    new RegExp(expression, 'u');
  } catch (error) {
    throw refuse(expression, error instanceof Error ? error.message : 'it does not parse');
  }
  if (/\\[1-9k]|\(\?[=!<]/.test(expression)) {
    throw refuse(expression, 'back-references and look-around are not offered');
  }
  if (!safeRegex(expression)) throw refuse(expression, 'it could take without end on some texts');
  const text = plainText(expression);
  if (text === undefined) {
    const why = unboundedWork(expression);
    if (why !== undefined) throw refuse(expression, why);
    return { type: 'expression', expression };
  }
  const start = expression.startsWith('^');
  const end = /(?<!\\)\$$/.test(expression);
  if (start && end) return { type: 'equals', text };
  if (start) return { type: 'startsWith', text };
  if (end) return { type: 'endsWith', text };
  return { type: 'contains', text };
};

/** The expression as Neo4j wants it: its operator always matches the whole text. */
export const wholeTextExpression = (expression: string, ignoreCase: boolean): string =>
  `${ignoreCase ? '(?siu)' : '(?s)'}.*(?:${expression}).*`;
