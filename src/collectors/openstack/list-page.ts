import { z } from 'zod';
import type { OpenstackClient, Query } from './client.js';
import {
  OpenstackAnswerError,
  OpenstackError,
  OpenstackForbiddenError,
  OpenstackNotFoundError,
} from './errors.js';
import type { ReadStep } from './read-steps.js';

const item = z.record(z.string(), z.unknown());
const body = z.record(z.string(), z.unknown());
const link = z.array(z.object({ rel: z.string() }));

export type Item = z.output<typeof item>;

export interface ListPage {
  readonly items: readonly Item[];
  /** What names the place after this page; undefined at the end of the list. */
  readonly next: string | undefined;
  /** Only part of the list could be asked for; in the source's words. */
  readonly restricted?: string;
}

/** The last object of the page before is gone, so that the service cannot go on after it. */
export class MarkerLostError extends OpenstackError {
  constructor(address: string, list: string, why: string) {
    super({
      code: 'openstack.marker.lost',
      what: 'The place in a list was lost',
      subject: `${list} at ${address}`,
      why,
      remedy: 'The list is read again from its start by itself',
      retryable: true,
    });
  }
}

/** Id of an object of a list; undefined where it has none. */
export const idOf = (step: ReadStep, object: Item): string | undefined => {
  const id = object[step.id ?? 'id'];
  return typeof id === 'string' && id !== '' ? id : typeof id === 'number' ? String(id) : undefined;
};

/** Id by which the service knows the place after an object. */
const markerOf = (object: Item | undefined): string | undefined => {
  const id = object?.id;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
};

const hasNextLink = (answer: Item, list: string): boolean => {
  const links = link.safeParse(answer[`${list}_links`]);
  return (
    (links.success && links.data.some(({ rel }) => rel === 'next')) || answer.next !== undefined
  );
};

function placed(step: ReadStep, place: string | undefined, pageSize: number): Query {
  if (step.paging === 'whole') return {};
  const limit = String(pageSize);
  if (place === undefined) return { limit };
  return step.paging === 'offset' ? { limit, offset: place } : { limit, marker: place };
}

function nextPlace(
  step: ReadStep,
  answer: Item,
  items: readonly Item[],
  place: string | undefined,
  pageSize: number,
): string | undefined {
  // A service may give fewer than asked for and say by a link that there are more.
  const more = items.length > 0 && (items.length >= pageSize || hasNextLink(answer, step.list));
  if (step.paging === 'whole' || !more) return undefined;
  if (step.paging === 'offset') return String(Number(place ?? 0) + items.length);
  return markerOf(items.at(-1));
}

async function ask(
  client: OpenstackClient,
  step: ReadStep,
  request: { readonly path: string; readonly query: Query; readonly place: string | undefined },
  signal: AbortSignal,
): Promise<ListPage> {
  const { service, newestMinor } = step;
  const { address } = client.configuration;
  const pageSize = Math.min(client.configuration.pageSize, step.mostInPage ?? Infinity);
  const { path, place } = request;
  const query = { ...step.query, ...request.query, ...placed(step, place, pageSize) };
  const answer = body.safeParse(await client.get({ service, path, query, newestMinor }, signal));
  const items = z.array(item).safeParse(answer.data?.[step.list]);
  if (!answer.success || !items.success) {
    throw new OpenstackAnswerError(address, `GET ${path}`, `it has no list ${step.list}`);
  }
  const next = nextPlace(step, answer.data, items.data, place, pageSize);
  if (next !== undefined && next === place) {
    throw new OpenstackAnswerError(address, `GET ${path}`, 'it gives the same page again');
  }
  return { items: items.data, next };
}

const isLostMarker = (error: unknown): error is OpenstackError =>
  error instanceof OpenstackNotFoundError ||
  (error instanceof OpenstackAnswerError && error.status === 400);

/**
 * One page of a list, of every project where that is allowed.
 *
 * @param place what the page before gave as `next`; undefined for the first.
 * @throws MarkerLostError where the service no longer knows the place; the list has to be read again.
 */
export async function listPage(
  client: OpenstackClient,
  step: ReadStep,
  place: string | undefined,
  signal: AbortSignal,
  extra: Query = {},
): Promise<ListPage> {
  const everywhere = client.configuration.visibility === 'all' ? (step.everyProject ?? {}) : {};
  try {
    const query = { ...everywhere, ...extra };
    return await ask(client, step, { path: step.path, query, place }, signal);
  } catch (error) {
    if (place !== undefined && isLostMarker(error)) {
      throw new MarkerLostError(client.configuration.address, step.path, error.why);
    }
    const narrower = step.otherPath !== undefined || Object.keys(everywhere).length > 0;
    if (!(error instanceof OpenstackForbiddenError) || !narrower) throw error;
    const path = step.otherPath ?? step.path;
    const page = await ask(client, step, { path, query: extra, place }, signal);
    return { ...page, restricted: error.why };
  }
}

/** Every object of a list, page by page. */
export async function* listAll(
  client: OpenstackClient,
  step: ReadStep,
  signal: AbortSignal,
  extra: Query = {},
): AsyncGenerator<ListPage> {
  let place: string | undefined;
  do {
    const page = await listPage(client, step, place, signal, extra);
    yield page;
    place = page.next;
  } while (place !== undefined);
}
