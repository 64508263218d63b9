import { VimFaultError, VsphereAnswerError } from './errors.js';
import type { ManagedObjectReference } from './raw.js';
import {
  objectContent,
  referenceAnswer,
  retrieveResult,
  updateSet,
  type ObjectContent,
  type UpdateSet,
} from './soap/answers.js';
import { filterArgument, type FilterSpecification } from './soap/arguments.js';
import type { VimClient } from './vim-client.js';

/** A part of a read. The token leads on and dies with the session. */
export interface RetrievedPage {
  readonly objects: readonly ObjectContent[];
  /** `undefined`: the source says that this was the last one. */
  readonly token: string | undefined;
}

const emptyPage: RetrievedPage = { objects: [], token: undefined };

function page(client: VimClient, values: readonly unknown[]): RetrievedPage {
  const [value] = values;
  // No answer value at all is how the source says that nothing matches.
  if (value === undefined) return emptyPage;
  const result = retrieveResult.parse(value);
  const objects = result.objects.map((object) => {
    const parsed = objectContent.safeParse(object);
    if (parsed.success) return parsed.data;
    throw new VsphereAnswerError(
      client.address,
      'RetrievePropertiesEx',
      'an object of it has another form',
      { cause: parsed.error },
    );
  });
  return { objects, token: result.token };
}

/** The first page of a read. */
export async function retrieve(
  client: VimClient,
  filter: FilterSpecification,
  maxObjects: number,
  signal: AbortSignal,
): Promise<RetrievedPage> {
  const values = await client.call(
    'RetrievePropertiesEx',
    client.content.propertyCollector,
    { specSet: [filterArgument(filter)], options: { maxObjects } },
    { signal },
  );
  return page(client, values);
}

/** The page that a token leads to. */
export async function retrieveNext(
  client: VimClient,
  token: string,
  signal: AbortSignal,
): Promise<RetrievedPage> {
  const values = await client.call(
    'ContinueRetrievePropertiesEx',
    client.content.propertyCollector,
    { token },
    { signal },
  );
  return page(client, values);
}

/** All objects of a read, page by page. */
export async function* retrieveAll(
  client: VimClient,
  filter: FilterSpecification,
  maxObjects: number,
  signal: AbortSignal,
): AsyncGenerator<readonly ObjectContent[]> {
  let current = await retrieve(client, filter, maxObjects, signal);
  yield current.objects;
  while (current.token !== undefined) {
    current = await retrieveNext(client, current.token, signal);
    yield current.objects;
  }
}

const notFound = (error: unknown): error is VimFaultError =>
  error instanceof VimFaultError && error.fault === 'ManagedObjectNotFound';

/**
 * Reads objects of which some may be gone; these are left out. A vCenter refuses the whole call for
 * one of them, with the fault ManagedObjectNotFound, which names it.
 */
export async function* retrievePresent(
  client: VimClient,
  filter: FilterSpecification,
  maxObjects: number,
  signal: AbortSignal,
): AsyncGenerator<readonly ObjectContent[]> {
  let { objects } = filter;
  while (objects.length > 0) {
    let begun = false;
    try {
      for await (const page of retrieveAll(client, { ...filter, objects }, maxObjects, signal)) {
        begun = true;
        yield page;
      }
      return;
    } catch (error) {
      if (begun || !notFound(error)) throw error;
      const left = objects.filter(({ value }) => value !== error.object);
      if (left.length === objects.length) throw error;
      objects = left;
    }
  }
}

/** A property collector beside the session's own. It lives as long as the session. */
export async function createCollector(
  client: VimClient,
  signal: AbortSignal,
): Promise<ManagedObjectReference> {
  const { propertyCollector } = client.content;
  return await client.ask('CreatePropertyCollector', propertyCollector, {}, referenceAnswer, {
    signal,
  });
}

/** Announces later changes of what the filter describes. It lives as long as the session. */
export async function createFilter(
  client: VimClient,
  collector: ManagedObjectReference,
  filter: FilterSpecification,
  signal: AbortSignal,
): Promise<ManagedObjectReference> {
  return await client.ask(
    'CreateFilter',
    collector,
    { spec: filterArgument(filter), partialUpdates: false },
    referenceAnswer,
    { signal },
  );
}

/** Added to the wait before silence counts as a lost connection. */
const silenceAfterWaitMs = 60_000;

/**
 * Changes after the version, `''` for everything; `undefined` where none came within the time.
 */
export async function waitForUpdates(
  client: VimClient,
  collector: ManagedObjectReference,
  version: string,
  waitSeconds: number,
  signal: AbortSignal,
): Promise<UpdateSet | undefined> {
  const [value] = await client.call(
    'WaitForUpdatesEx',
    collector,
    {
      version,
      options: { maxWaitSeconds: waitSeconds, maxObjectUpdates: 1000 },
    },
    { signal, silenceMs: waitSeconds * 1000 + silenceAfterWaitMs },
  );
  if (value === undefined) return undefined;
  const parsed = updateSet.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new VsphereAnswerError(client.address, 'WaitForUpdatesEx', 'it has another form', {
    cause: parsed.error,
  });
}

/** Ends a wait that is under way on another connection of the session. */
export async function cancelWait(
  client: VimClient,
  collector: ManagedObjectReference,
  signal: AbortSignal,
): Promise<void> {
  await client.call('CancelWaitForUpdates', collector, {}, { signal });
}
