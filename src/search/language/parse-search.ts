import { EOF, type ILexingError, type IRecognitionException } from 'chevrotain';
import type { Kind } from '../../graph/model/index.js';
import type { Order, Search } from '../ast.js';
import { Parameters } from '../parameters.js';
import { compileFilter } from '../compile-filter.js';
import { splitFullText } from '../full-text.js';
import { kindNamed } from '../kind-name.js';
import { positionAt, SearchError } from '../search-error.js';
import { Binder } from './bind.js';
import { searchParser } from './parser.js';
import type { NameSyntax, SearchSyntax } from './syntax.js';
import { lexer } from './tokens.js';

const maximumLength = 10_000;
const maximumTokens = 2_000;
const maximumDepth = 32;
const maximumLimit = 1_000_000;

const refuse = (text: string, offset: number, length: number, why: string, remedy: string) =>
  new SearchError({
    what: 'The search cannot be understood',
    subject: text.slice(offset, offset + Math.max(length, 12)) || 'the end of the search',
    why,
    remedy,
    position: positionAt(text, offset, length),
  });

const language = 'docs/search.md describes the language.';

const ages = 'Write createdAt older than 90 days, newer than 2 weeks, or < now - 90d.';

const lexError = (text: string, { offset, length }: ILexingError): SearchError => {
  const quote = text.charAt(offset);
  if (["'", '"', '`'].includes(quote)) {
    const why = `the text that begins with ${quote} has no end`;
    return refuse(
      text,
      offset,
      1,
      why,
      `Close it with ${quote}; within a text, double that quote.`,
    );
  }
  if (/^-\d+\s*(?:[smhdwy]|mo|min)/.test(text.slice(offset))) {
    return refuse(text, offset, length, 'a stretch of time has no sign', ages);
  }
  if (/^-?\.?\d/.test(text.slice(offset))) {
    const why = 'the number has letters after it that are no unit';
    const remedy = `Units are k, M, G, T, Ki, Mi, Gi, Ti (with or without B), and of time s, min, h, d, w, months, years; texts stand in quotes. ${language}`;
    return refuse(text, offset, length, why, remedy);
  }
  const why = 'these letters belong to nothing that a search is made of';
  return refuse(text, offset, length, why, `Texts stand in quotes: name = 'web'. ${language}`);
};

/** What helps where a certain word comes before the mistake, or is it. */
const remedyAfter = (previous: string, token: string): string => {
  if (/^(?:older|newer)\s+than$/i.test(previous)) {
    return 'A number and a unit of time come next, for instance 90 days, 12h or 6 months.';
  }
  if (/^\d+\s*[a-z]+$/i.test(token) || /^-\d/.test(token)) {
    return ages;
  }
  if (/^(?:[=<>!~]+|contains|starts\s+with|ends\s+with|i?like)$/i.test(previous)) {
    return `A value comes next; texts stand in quotes, for instance ${previous} 'web'.`;
  }
  return `A condition reads: field operator value, for instance name ~= '^web' and memoryMB > 4096. ${language}`;
};

const parseError = (text: string, error: IRecognitionException): SearchError => {
  const { token, previousToken } = error as IRecognitionException & {
    readonly previousToken?: { readonly image: string };
  };
  const atEnd = token.tokenType === EOF;
  const offset = atEnd ? text.length : token.startOffset;
  const after = previousToken?.image ? ` after '${previousToken.image}'` : '';
  const why = atEnd ? `it ends too early${after}` : `'${token.image}' cannot stand here${after}`;
  return refuse(
    text,
    offset,
    atEnd ? 0 : token.image.length,
    why,
    remedyAfter(previousToken?.image ?? '', token.image),
  );
};

/** Nesting by parentheses and by `not`, both of which the parser and the compiler recurse over. */
const checkDepth = (text: string, names: readonly string[]): void => {
  let depth = 0;
  let nots = 0;
  for (const name of names) {
    depth += name === 'Open' ? 1 : name === 'Close' ? -1 : 0;
    nots = name === 'Not' ? nots + 1 : nots;
    if (depth > maximumDepth || nots > maximumDepth * 8) {
      throw refuse(
        text,
        0,
        0,
        `it nests deeper than ${maximumDepth}`,
        'Split it into two searches.',
      );
    }
  }
};

const syntaxOf = (text: string): SearchSyntax => {
  if (text.length > maximumLength) {
    const why = `it is longer than ${maximumLength} letters`;
    throw refuse(text, maximumLength, 1, why, 'Use a saved selection instead of a long list.');
  }
  const lexed = lexer.tokenize(text);
  const [first] = lexed.errors;
  if (first !== undefined) throw lexError(text, first);
  if (lexed.tokens.length > maximumTokens) {
    throw refuse(text, 0, 0, `it has more than ${maximumTokens} words`, 'Split it into two.');
  }
  checkDepth(
    text,
    lexed.tokens.map((token) => token.tokenType.name),
  );
  searchParser.input = lexed.tokens;
  const syntax = searchParser.search();
  const [error] = searchParser.errors;
  if (error !== undefined) throw parseError(text, error);
  return syntax;
};

const kindOf = (binder: Binder, name: NameSyntax | undefined, fallback: Kind): Kind => {
  if (name === undefined) return fallback;
  try {
    return kindNamed(name.name);
  } catch (error) {
    throw binder.located(error, name);
  }
};

const ordersOf = (binder: Binder, kind: Kind, syntax: SearchSyntax): readonly Order[] =>
  syntax.orderBy.map(({ path, direction }) => ({
    path: binder.canonical([kind], path),
    direction,
  }));

const limitOf = (text: string, syntax: SearchSyntax): { readonly limit?: number } => {
  if (syntax.limit === undefined) return {};
  const { value, offset, length } = syntax.limit;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maximumLimit) {
    return { limit: value };
  }
  const remedy = `Use a whole number from 1 to ${maximumLimit}.`;
  throw refuse(text, offset, length, 'it is no number of rows', remedy);
};

/**
 * Parses the search language. `fallback` is the kind searched where the text names none.
 * Throws SearchError with the place in the text and, where one is near, a suggestion.
 */
export const parseSearch = (text: string, fallback: Kind = 'VirtualMachine'): Search => {
  const syntax = syntaxOf(text);
  const binder = new Binder(text);
  const kind = kindOf(binder, syntax.kind, fallback);
  const filter = syntax.filter === undefined ? undefined : binder.expression([kind], syntax.filter);
  const { rest } = splitFullText(filter);
  // What compiles is a whole search: errors show now and not when it is run.
  if (rest !== undefined) compileFilter(kind, 'n', rest, new Parameters());
  const columns = syntax.columns.map((path) => binder.canonical([kind], path));
  return {
    kind,
    orderBy: ordersOf(binder, kind, syntax),
    ...(filter === undefined ? {} : { filter }),
    ...limitOf(text, syntax),
    ...(columns.length === 0 ? {} : { columns }),
  };
};
