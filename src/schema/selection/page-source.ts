import { integerParameter, type Kind } from '../../graph/index.js';
import {
  compileFilter,
  splitFullText,
  startAtText,
  type Filter,
  type Parameters,
} from '../../search/index.js';
import { indexCondition, keysetCondition } from '../paging/keyset.js';
import type { CursorValue } from '../paging/cursor.js';
import { orderClause, type OrderTerm } from '../paging/order-terms.js';
import { anchorOf } from './anchor.js';

/** The nodes of a page, in order: everything but what is selected of them. */
export interface PageSource {
  readonly kind: Kind;
  readonly variable: string;
  readonly filter: Filter | undefined;
  readonly terms: readonly OrderTerm[];
  readonly after: readonly CursorValue[] | undefined;
  readonly limit: number;
}

/**
 * So many nodes at an anchor are fetched and sorted. Above, so many of the order fulfil the filter
 * that walking it finds a page sooner: at 100,000 machines both cost about the same here.
 */
const mostAnchored = 4_000;

/** Comes after every id. */
const endOfIds = '\u{10FFFF}';

const where = (conditions: readonly (string | undefined)[]): string => {
  const present = conditions.filter((condition) => condition !== undefined);
  return present.length === 0 ? '' : `WHERE ${present.join(' AND ')}`;
};

/**
 * Both ways to the page in one query: up to a bound the nodes at the anchor, otherwise the order.
 * The database cannot know beforehand which is shorter, since that hangs on the one value asked for.
 */
const fromAnchorOrOrder = (
  { kind, variable, terms, after }: PageSource,
  anchor: NonNullable<ReturnType<typeof anchorOf>>,
  condition: string,
  tail: string,
  parameters: Parameters,
): string => {
  const most = parameters.add(integerParameter(mostAnchored));
  const keyset = after === undefined ? undefined : keysetCondition(terms, after, parameters);
  const [first] = terms;
  const gate =
    first?.always === true && !first.descending
      ? `${first.expression} >= CASE WHEN anchored < ${most} THEN '${endOfIds}' ELSE '' END`
      : `anchored >= ${most}`;
  return [
    `CALL () { MATCH ${anchor.pattern} ${anchor.hint} WHERE ${anchor.condition} RETURN ${variable} AS candidate LIMIT ${most} }`,
    'WITH collect(DISTINCT candidate) AS candidates, count(*) AS anchored',
    'CALL (candidates, anchored) {',
    `UNWIND CASE WHEN anchored < ${most} THEN candidates ELSE [] END AS ${variable}`,
    `WITH ${variable} ${where([keyset, condition])} RETURN ${variable} ${tail}`,
    'UNION ALL',
    `MATCH (${variable}:${kind}) ${where([gate, keyset, condition])} RETURN ${variable} ${tail}`,
    '}',
    `WITH ${variable}`,
  ].join('\n');
};

/** Binds the nodes of the page to the variable, in the order and no more than the limit. */
export const pageSource = (source: PageSource, parameters: Parameters): string => {
  const { kind, variable, filter, terms, after } = source;
  const { fullText, rest } = splitFullText(filter);
  const tail = `${orderClause(terms)} LIMIT ${parameters.add(integerParameter(source.limit))}`;
  const condition =
    rest === undefined ? undefined : compileFilter(kind, variable, rest, parameters);
  if (fullText !== undefined) {
    const keyset = after === undefined ? undefined : keysetCondition(terms, after, parameters);
    const start = startAtText(kind, fullText, parameters);
    return `CALL () { ${start} RETURN n AS ${variable} }\nWITH ${variable} ${where([keyset, condition])}\nWITH ${variable} ${tail}`;
  }
  const anchor = rest === undefined ? undefined : anchorOf(kind, variable, rest, parameters);
  if (anchor !== undefined && condition !== undefined) {
    return fromAnchorOrOrder(source, anchor, condition, tail, parameters);
  }
  const keyset =
    after === undefined ? indexCondition(terms) : keysetCondition(terms, after, parameters);
  return `MATCH (${variable}:${kind}) ${where([keyset, condition])}\nWITH ${variable} ${tail}`;
};

/** How many nodes there are in all, as a query with the column `total`. */
export const totalSource = (
  { kind, variable, filter }: PageSource,
  parameters: Parameters,
): string => {
  const { fullText, rest } = splitFullText(filter);
  const condition =
    rest === undefined ? undefined : compileFilter(kind, variable, rest, parameters);
  const start =
    fullText === undefined
      ? `MATCH (${variable}:${kind})`
      : `CALL () { ${startAtText(kind, fullText, parameters)} RETURN n AS ${variable} }\nWITH ${variable}`;
  return `${start} ${where([condition])}`;
};
