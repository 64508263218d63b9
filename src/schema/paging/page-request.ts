import { PageError } from './page-error.js';

/** The arguments of a connection that say which page is wanted. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

/** A page as it is read: so many rows from a place on, in one direction. */
export interface PageRequest {
  readonly size: number;
  readonly backward: boolean;
  readonly cursor: string | undefined;
}

export const defaultPageSize = 100;

const refuse = (subject: string, why: string, remedy: string): PageError =>
  new PageError({
    code: 'page.invalid',
    what: 'The page cannot be given',
    subject,
    why,
    remedy,
    retryable: false,
  });

const checkedSize = (name: string, size: number, largest: number): number => {
  if (size < 0) throw refuse(name, `it is ${size}`, 'Give a number from 0');
  if (size <= largest) return size;
  throw refuse(
    name,
    `it is ${size}, and a page has at most ${largest} entries`,
    `Ask for at most ${largest} and follow the cursors, or use /export for all of them`,
  );
};

/** @throws PageError where the arguments contradict each other or ask for too much. */
export const pageRequest = (page: PageArguments, largest: number): PageRequest => {
  const first = page.first ?? undefined;
  const last = page.last ?? undefined;
  const after = page.after ?? undefined;
  const before = page.before ?? undefined;
  const backward = last !== undefined || (first === undefined && before !== undefined);
  if (first !== undefined && last !== undefined) {
    throw refuse('first and last', 'both are given', 'Give one of them');
  }
  if (after !== undefined && before !== undefined) {
    throw refuse('after and before', 'both are given', 'Give one of them');
  }
  if ((backward ? after : before) !== undefined) {
    const pair = backward ? 'last with before' : 'first with after';
    throw refuse('the cursor', 'it points the other way', `Use ${pair}`);
  }
  const asked = last ?? first ?? Math.min(defaultPageSize, largest);
  const size = checkedSize(backward ? 'last' : 'first', asked, largest);
  return { size, backward, cursor: after ?? before };
};

/**
 * The size of a page of a list that is no connection. What a schema has for its default is lowered
 * to the limit; what somebody asks for is refused.
 *
 * @throws PageError where it is less than one or more than the limit.
 */
export const listSize = (first: number, largest: number): number => {
  if (first < 1) throw refuse('first', `it is ${first}`, 'Give a number from 1');
  return first <= defaultPageSize ? Math.min(first, largest) : checkedSize('first', first, largest);
};
