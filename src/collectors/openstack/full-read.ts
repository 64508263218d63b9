import type { EntityKind } from '../../graph/model/index.js';
import type { CollectorPage, Omission, RawObject } from '../contract.js';
import { OpenstackForbiddenError, OpenstackNotFoundError } from './errors.js';
import { listPage, MarkerLostError, type ListPage } from './list-page.js';
import { formatPlace } from './place.js';
import { kindOf } from './map/index.js';
import { readSteps, type ReadStep } from './read-steps.js';
import type { OpenstackSession } from './session.js';

type Counts = Readonly<Partial<Record<EntityKind, number>>>;

/** Where a full read stands. Plain JSON, so that another session can go on from it. */
export interface OpenstackCursor {
  /** Index into the read steps. */
  readonly step: number;
  /** Place in the list of the step; none at its start. */
  readonly place?: string;
  /** The cloud's clock when the read began. */
  readonly since: string;
  /** Objects seen so far, for each kind that could be read. */
  readonly counts: Counts;
  /** The same when the step began, for where its list has to be read again. */
  readonly countsBefore: Counts;
  /** Kinds of which something could not be read; nothing of them may be swept. */
  readonly incomplete: readonly EntityKind[];
}

type Page = CollectorPage<OpenstackCursor>;

const noted = (counts: Counts, kinds: readonly EntityKind[]): Counts => {
  const more: Partial<Record<EntityKind, number>> = { ...counts };
  for (const kind of kinds) more[kind] = (more[kind] ?? 0) + 1;
  return more;
};

const begunKinds = (counts: Counts, kinds: readonly EntityKind[]): Counts => ({
  ...Object.fromEntries(kinds.map((kind) => [kind, 0])),
  ...counts,
});

const without = (step: ReadStep, what: string, why: string): readonly Omission[] =>
  step.kinds.slice(0, 1).map((kind) => ({ kind, what, why }));

/** On to the next step. */
const after = (cursor: OpenstackCursor, counts: Counts): OpenstackCursor => ({
  step: cursor.step + 1,
  since: cursor.since,
  counts,
  countsBefore: counts,
  incomplete: cursor.incomplete,
});

const incompleteWith = (cursor: OpenstackCursor, step: ReadStep): OpenstackCursor => ({
  ...cursor,
  incomplete: [...new Set([...cursor.incomplete, ...step.kinds])],
});

function skipped(cursor: OpenstackCursor, step: ReadStep, why: string, known: boolean): Page {
  // A service that the cloud does not have has no objects; one we may not see may have some.
  const counts = known ? begunKinds(cursor.counts, step.kinds) : cursor.counts;
  return {
    type: 'page',
    objects: [],
    omissions: without(step, `list ${step.path}`, why),
    cursor: after(known ? cursor : incompleteWith(cursor, step), counts),
  };
}

function tookPage(
  session: OpenstackSession,
  step: ReadStep,
  page: ListPage,
): { readonly objects: RawObject[]; readonly partial: readonly Omission[] } {
  const objects: RawObject[] = [];
  const partial: Omission[] = [];
  for (const item of page.items) {
    const object = session.complete(step, item);
    if (object === undefined) {
      partial.push(...without(step, `an object of ${step.path}`, 'it has no id'));
    } else if (isCut(object)) {
      const why = 'the cell that has it does not answer';
      partial.push({ kind: 'VirtualMachine', externalId: object.externalId, what: 'server', why });
    } else {
      session.notice(step, object);
      objects.push(object);
    }
  }
  return { objects, partial };
}

/** Of a server whose cell is down Nova gives little more than the id; what is known of it stays. */
const isCut = ({ type, body }: RawObject): boolean =>
  type === 'server' && body.status === 'UNKNOWN' && !('flavor' in body);

async function readPage(
  session: OpenstackSession,
  cursor: OpenstackCursor,
  step: ReadStep,
  signal: AbortSignal,
): Promise<Page> {
  const page = await listPage(session.client, step, cursor.place, signal);
  if (cursor.place === undefined) session.known.set(step.name, new Map());
  const { objects, partial } = tookPage(session, step, page);
  const whole = await session.isWhole(step, signal);
  const narrow = page.restricted !== undefined || !whole;
  const restriction =
    narrow && cursor.place === undefined
      ? without(
          step,
          `objects of other projects in ${step.path}`,
          page.restricted ?? 'the account has no role that sees all projects',
        )
      : [];
  const counts = noted(
    begunKinds(cursor.counts, step.kinds),
    objects.flatMap((object) => kindOf(object) ?? []),
  );
  const kept = narrow || partial.length > 0 ? incompleteWith(cursor, step) : cursor;
  return {
    type: 'page',
    objects,
    omissions: [...restriction, ...partial],
    cursor: page.next === undefined ? after(kept, counts) : { ...kept, place: page.next, counts },
  };
}

/** The list is read again from its start: some of it moved away under us. */
const fromStart = ({ step, since, countsBefore, incomplete }: OpenstackCursor): Page => ({
  type: 'page',
  objects: [],
  omissions: [],
  cursor: { step, since, counts: countsBefore, countsBefore, incomplete },
});

function proof({ counts, incomplete, since }: OpenstackCursor): Page {
  const partly = new Set<string>(incomplete);
  const whole = Object.entries(counts).filter(([kind]) => !partly.has(kind));
  return {
    type: 'done',
    proof: { counts: Object.fromEntries(whole), since: formatPlace({ since }) },
  };
}

/** The next page of a full read; see `Collector.next`. */
export async function nextPage(
  session: OpenstackSession,
  cursor: OpenstackCursor | undefined,
  signal: AbortSignal,
): Promise<Page> {
  signal.throwIfAborted();
  const at = cursor ?? {
    step: 0,
    since: await session.now(signal),
    counts: {},
    countsBefore: {},
    incomplete: [],
  };
  const step = readSteps[at.step];
  if (step === undefined) return proof(at);
  await session.catchUp(cursor === undefined ? -1 : at.step, signal);
  if (!(await session.serves(step, signal))) {
    return skipped(at, step, `the cloud has no ${step.service} service`, true);
  }
  try {
    return await readPage(session, at, step, signal);
  } catch (error) {
    if (error instanceof MarkerLostError) return fromStart(at);
    if (error instanceof OpenstackForbiddenError || error instanceof OpenstackNotFoundError) {
      if (step.type === 'port') session.hasPorts = false;
      return skipped(at, step, error.why, false);
    }
    throw error;
  }
}
