import { PlanError } from '../planner-error.js';

/** Where a plan is in its life. */
export const PlanState = {
  /** Made or edited, and not validated since. */
  draft: 'draft',
  /** Validated; some blockers are neither solved nor waived. */
  validated: 'validated',
  /** Validated without open blockers: it may run. */
  ready: 'ready',
  running: 'running',
  completed: 'completed',
  /** A run ended without all machines migrated. */
  failed: 'failed',
  cancelled: 'cancelled',
  /** Put away: kept for the record and nothing else. */
  archived: 'archived',
} as const;
export type PlanState = (typeof PlanState)[keyof typeof PlanState];

/** What happens to a plan. */
export const PlanEvent = {
  edit: 'edit',
  validateWithBlockers: 'validateWithBlockers',
  validateClean: 'validateClean',
  start: 'start',
  complete: 'complete',
  fail: 'fail',
  cancel: 'cancel',
  archive: 'archive',
} as const;
export type PlanEvent = (typeof PlanEvent)[keyof typeof PlanEvent];

type Transitions = Readonly<Partial<Record<PlanEvent, PlanState>>>;

const open: Transitions = {
  edit: PlanState.draft,
  validateWithBlockers: PlanState.validated,
  validateClean: PlanState.ready,
  archive: PlanState.archived,
};

const transitions: Readonly<Record<PlanState, Transitions>> = {
  draft: open,
  validated: open,
  ready: { ...open, start: PlanState.running },
  // What is under way was frozen at its start, so that nothing may change the plan meanwhile.
  running: {
    complete: PlanState.completed,
    fail: PlanState.failed,
    cancel: PlanState.cancelled,
  },
  completed: { archive: PlanState.archived },
  failed: open,
  cancelled: open,
  archived: {},
};

/** The state after an event; undefined where the event is not allowed. */
export const nextState = (state: PlanState, event: PlanEvent): PlanState | undefined =>
  transitions[state][event];

const reasons: Readonly<Record<PlanState, string>> = {
  draft: 'it was not validated since it was made or edited',
  validated: 'it has blockers that are neither solved nor waived',
  ready: 'it is ready and waits for its start',
  running: 'it is running',
  completed: 'all of its machines are migrated',
  failed: 'its last run failed',
  cancelled: 'its last run was cancelled',
  archived: 'it is archived',
};

const remedies: Readonly<Record<PlanEvent, string>> = {
  edit: 'Wait for the run to end, or make a new plan from the same search.',
  validateWithBlockers: 'Wait for the run to end, or make a new plan from the same search.',
  validateClean: 'Wait for the run to end, or make a new plan from the same search.',
  start: 'Validate it, and solve or waive what blocks it.',
  complete: 'Start it first.',
  fail: 'Start it first.',
  cancel: 'Start it first.',
  archive: 'Wait for the run to end, or cancel it.',
};

/** @throws PlanError where the event is not allowed in the state. */
export function requireNextState(id: string, state: PlanState, event: PlanEvent): PlanState {
  const next = nextState(state, event);
  if (next !== undefined) return next;
  throw new PlanError({
    code: 'plan.wrong-state',
    what: `The plan does not allow ${event} now`,
    subject: id,
    why: reasons[state],
    remedy: remedies[event],
  });
}

/** States in which a machine of the plan is taken, so that no other plan should hold it. */
export const openStates: readonly PlanState[] = [
  PlanState.draft,
  PlanState.validated,
  PlanState.ready,
  PlanState.running,
  PlanState.failed,
];
