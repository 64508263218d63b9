import type { EntityKind } from '../../graph/model/index.js';
import {
  FailureReason,
  failedFor,
  objectKey,
  qualifiedName,
  resources,
} from '../../kubernetes/index.js';
import type { CollectorPage, Omission } from '../contract.js';
import { complete } from './complete.js';
import { readSteps, type ReadStep } from './raw.js';
import { readCluster } from './read-cluster.js';
import type { KubevirtSession } from './session.js';
import { formatPlace } from './place.js';

/** Where a full read stands. Plain JSON, so that another session can go on from it. */
export interface KubevirtCursor {
  /** Index into the read steps; one past the last means that companions are still to be told. */
  readonly step: number;
  readonly continue?: string | undefined;
  /** Version of the list of each resource that was begun. */
  readonly versions: Readonly<Record<string, string>>;
  /** Objects seen so far, for each kind that could be read. */
  readonly counts: Readonly<Partial<Record<EntityKind, number>>>;
  /** Kinds of which something could not be read; nothing of them may be swept. */
  readonly incomplete: readonly EntityKind[];
}

type Page = CollectorPage<KubevirtCursor>;

const count = (
  counts: KubevirtCursor['counts'],
  kind: EntityKind,
  more: number,
): KubevirtCursor['counts'] => ({ ...counts, [kind]: (counts[kind] ?? 0) + more });

const skipped = (cursor: KubevirtCursor, step: ReadStep, why: string, known: boolean): Page => {
  const omission: Omission = {
    kind: step.kind,
    what: `list ${qualifiedName(resources[step.resource])}`,
    why,
  };
  return {
    type: 'page',
    objects: [],
    omissions: [omission],
    cursor: {
      ...cursor,
      step: cursor.step + 1,
      continue: undefined,
      // A kind that the cluster does not have has no objects; one we may not see may have some.
      counts: known ? count(cursor.counts, step.kind, 0) : cursor.counts,
      incomplete: known ? cursor.incomplete : [...cursor.incomplete, step.kind],
    },
  };
};

async function readStep(
  session: KubevirtSession,
  cursor: KubevirtCursor,
  step: ReadStep,
  signal: AbortSignal,
): Promise<Page> {
  const { resource, kind } = step;
  const page = await session.cluster.page(resources[resource], {
    continue: cursor.continue,
    signal,
  });
  const objects = [];
  for (const object of page.objects) objects.push(await complete(session, kind, object, signal));
  if (cursor.continue === undefined) session.known.set(resource, new Map());
  const known = session.known.get(resource);
  for (const { metadata } of page.objects) {
    known?.set(objectKey(metadata), metadata.resourceVersion ?? '');
  }
  return {
    type: 'page',
    objects,
    omissions: [],
    ...(page.remaining === undefined ? {} : { remaining: page.remaining }),
    cursor: {
      step: page.continue === undefined ? cursor.step + 1 : cursor.step,
      continue: page.continue,
      versions: { ...cursor.versions, [resource]: page.resourceVersion },
      counts: count(cursor.counts, kind, objects.length),
      incomplete: cursor.incomplete,
    },
  };
}

async function firstPage(session: KubevirtSession, signal: AbortSignal): Promise<Page> {
  const { object, omissions } = await readCluster(session, signal);
  return {
    type: 'page',
    objects: [object],
    omissions,
    cursor: { step: 0, versions: {}, counts: { KubernetesCluster: 1 }, incomplete: [] },
  };
}

function proof(cursor: KubevirtCursor): Page {
  const incomplete = new Set<string>(cursor.incomplete);
  const counts = Object.entries(cursor.counts).filter(([kind]) => !incomplete.has(kind));
  return {
    type: 'done',
    proof: { counts: Object.fromEntries(counts), since: formatPlace(cursor.versions) },
  };
}

/** The next page of a full read; see `Collector.next`. */
export async function nextPage(
  session: KubevirtSession,
  cursor: KubevirtCursor | undefined,
  signal: AbortSignal,
): Promise<Page> {
  signal.throwIfAborted();
  if (cursor === undefined) return firstPage(session, signal);
  const step = readSteps[cursor.step];
  if (step === undefined) {
    if (cursor.step > readSteps.length) return proof(cursor);
    return {
      type: 'page',
      objects: [],
      omissions: session.companions.omissions(),
      cursor: { ...cursor, step: cursor.step + 1 },
    };
  }
  if (!(await session.serves(step.resource, signal))) {
    return skipped(cursor, step, 'the cluster does not have this resource', true);
  }
  try {
    return await readStep(session, cursor, step, signal);
  } catch (error) {
    if (failedFor(error, FailureReason.forbidden)) return skipped(cursor, step, error.why, false);
    throw error;
  }
}
