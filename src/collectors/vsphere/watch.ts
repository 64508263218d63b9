import type { ChangeBurst, CollectorChange } from '../contract.js';
import type { ChangedReferences } from './change-stream.js';
import {
  VsphereCertificateChangedError,
  VsphereLoginError,
  VsphereStreamLostError,
} from './errors.js';
import { fullPaths, type ManagedObjectType } from './paths.js';
import { retrievePresent } from './property-collector.js';
import type { ManagedObjectReference } from './raw.js';
import type { VsphereSession } from './session.js';

/** Objects that are read again in one call, so that the request stays small. */
const objectsInOneCall = 500;

async function removals(
  session: VsphereSession,
  removed: readonly ManagedObjectReference[],
  signal: AbortSignal,
): Promise<CollectorChange[]> {
  const { index } = await session.surroundings(signal);
  return removed.map(({ type, value }) => {
    index.forget(value);
    return { type: 'removed', objectType: type, externalId: value };
  });
}

/** Objects as they are now. One that the source no longer has is gone. */
async function readAgain(
  session: VsphereSession,
  references: readonly ManagedObjectReference[],
  signal: AbortSignal,
): Promise<CollectorChange[]> {
  if (references.length === 0) return [];
  const types = new Set(references.map(({ type }) => type));
  const paths = Object.fromEntries(
    Object.entries(fullPaths).filter(([type]) => types.has(type)),
  ) satisfies Partial<Record<ManagedObjectType, readonly string[]>>;
  const filter = { paths, objects: references, steps: [] };
  const changes: CollectorChange[] = [];
  const missing = new Map(references.map((reference) => [reference.value, reference]));
  const { pageSize } = session.configuration;
  for await (const page of retrievePresent(session.client, filter, pageSize, signal)) {
    const { objects } = await session.enrich(page, signal);
    for (const object of objects) {
      missing.delete(object.externalId);
      changes.push({ type: 'changed', object });
    }
  }
  return [...(await removals(session, [...missing.values()], signal)), ...changes];
}

/** Removals first, then the changed objects in calls of a bounded size. */
async function* burstsOf(
  session: VsphereSession,
  { changed, removed }: ChangedReferences,
  signal: AbortSignal,
): AsyncGenerator<CollectorChange[]> {
  const gone = await removals(session, removed, signal);
  for (let start = 0; start < Math.max(changed.length, 1); start += objectsInOneCall) {
    const part = changed.slice(start, start + objectsInOneCall);
    const changes = await readAgain(session, part, signal);
    yield start === 0 ? [...gone, ...changes] : changes;
  }
}

const isForAPerson = (error: unknown): boolean =>
  error instanceof VsphereCertificateChangedError ||
  error instanceof VsphereLoginError ||
  error instanceof VsphereStreamLostError;

/**
 * Changes after `since` until the caller stops. Every changed object comes whole. The names of
 * folders above a machine are read with the machine: a renamed folder shows in the paths of what
 * it holds with the next full read.
 *
 * @throws VsphereStreamLostError, retryable, where the stream is lost.
 */
export async function* watchChanges(
  session: VsphereSession,
  since: string,
  signal: AbortSignal,
): AsyncGenerator<ChangeBurst> {
  try {
    const stream = await session.changes(signal);
    stream.requirePlace(since);
    while (!signal.aborted) {
      const references = await stream.next(signal);
      if (references === undefined) continue;
      for await (const changes of burstsOf(session, references, signal)) {
        if (changes.length > 0) yield { changes, since: stream.place };
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    if (isForAPerson(error)) throw error;
    throw new VsphereStreamLostError(
      session.client.address,
      error instanceof Error ? error.message : String(error),
      { cause: error },
    );
  }
}
