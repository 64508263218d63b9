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
import { anchorOf, type Anchor } from './anchor.js';

/** The nodes of a page, in order: everything but what is selected of them. */
export interface PageSource {
  readonly kind: Kind;
  readonly variable: string;
  readonly filter: Filter | undefined;
  readonly terms: readonly OrderTerm[];
  readonly after: readonly CursorValue[] | undefined;
  readonly limit: number;
}

/** More nodes than this are never fetched from an anchor, whatever the order would cost. */
const mostAnchored = 10_000;

/**
 * A node of the order is looked at for about as much as two of the anchor are: where the anchor has
 * the share s of all nodes, a page of p is found after p / s of the order.
 */
const worthWalking = (kind: Kind, limit: string, most: string): string =>
  `reach >= ${most} OR reach * reach >= 4 * ${limit} * COUNT { (:${kind}) }`;

/** Comes after every id. */
const endOfIds = '\u{10FFFF}';

const where = (conditions: readonly (string | undefined)[]): string => {
  const present = conditions.filter((condition) => condition !== undefined);
  return present.length === 0 ? '' : `WHERE ${present.join(' AND ')}`;
};

/**
 * Both ways to the page in one query: from the anchor, or along the order. The database cannot know
 * beforehand which is shorter, since that hangs on the one value asked for; how many relationships
 * the anchor has, it knows without following them.
 */
const fromAnchorOrOrder = (
  { kind, variable, terms, after, limit }: PageSource,
  anchor: Anchor,
  condition: string,
  parameters: Parameters,
): string => {
  const most = parameters.add(integerParameter(mostAnchored));
  const atMost = parameters.add(integerParameter(limit));
  const tail = `${orderClause(terms)} LIMIT ${atMost}`;
  const keyset = after === undefined ? undefined : keysetCondition(terms, after, parameters);
  const rest =
    anchor.rest === undefined ? undefined : compileFilter(kind, variable, anchor.rest, parameters);
  const [first] = terms;
  const gate =
    first?.always === true && !first.descending
      ? `${first.expression} >= CASE WHEN walked THEN '' ELSE '${endOfIds}' END`
      : 'walked';
  const { nearest, arrow } = anchor;
  return [
    `CALL () { MATCH ${anchor.pattern} ${anchor.hint} WHERE ${anchor.condition}`,
    `WITH DISTINCT ${nearest} LIMIT ${most}`,
    `RETURN collect(${nearest}) AS anchors, sum(1 + COUNT { ()${arrow}(${nearest}) }) AS reach }`,
    `WITH anchors, ${worthWalking(kind, atMost, most)} AS walked`,
    'CALL (anchors, walked) {',
    `UNWIND CASE WHEN walked THEN [] ELSE anchors END AS ${nearest}`,
    `MATCH (${variable}:${kind})${arrow}(${nearest}) ${where([keyset, rest])}`,
    `WITH DISTINCT ${variable} ${tail} RETURN ${variable}`,
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
  const anchor = rest === undefined ? undefined : anchorOf(kind, rest, parameters);
  if (anchor !== undefined && condition !== undefined) {
    return fromAnchorOrOrder(source, anchor, condition, parameters);
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
