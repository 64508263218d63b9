import { PageError } from './page-error.js';

export type CursorValue = string | number | boolean | null;

/** A place in an ordered list: the keys of the row that stands there. */
export interface Cursor {
  readonly values: readonly CursorValue[];
  /** Rows up to and with this one, for searches that limit how many there are in all. */
  readonly seen: number;
}

const longest = 4_096;

const isCursorValue = (value: unknown): value is CursorValue =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** The cursor as clients hold it: opaque, and bound to the order it was made in. */
export const writeCursor = (signature: string, { values, seen }: Cursor): string =>
  Buffer.from(JSON.stringify([signature, seen, ...values])).toString('base64url');

const parsed = (text: string): unknown => {
  if (text.length > longest) return undefined;
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

const unreadable = (text: string, why: string): PageError =>
  new PageError({
    code: 'page.cursor.invalid',
    what: 'The cursor cannot be used',
    subject: text.slice(0, 40),
    why,
    remedy: 'Take a cursor from pageInfo of a page with the same order, or start without one',
    retryable: false,
  });

/** @throws PageError where the text is no cursor, or one of another order. */
export const readCursor = (text: string, signature: string, keys: number): Cursor => {
  const list = parsed(text);
  if (!Array.isArray(list)) throw unreadable(text, 'it was not made by this server');
  const [order, seen, ...values] = list as readonly unknown[];
  if (order !== signature) throw unreadable(text, 'it belongs to a list in another order');
  if (typeof seen !== 'number' || values.length !== keys || !values.every(isCursorValue)) {
    throw unreadable(text, 'it was not made by this server');
  }
  return { values, seen };
};
