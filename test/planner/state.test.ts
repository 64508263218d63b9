import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlanEvent, PlanState, nextState } from '../../src/planner/index.js';

const events = Object.values(PlanEvent);
const states = Object.values(PlanState);

/** What must hold of a plan's life, told without the table of transitions. */
interface Model {
  running: boolean;
  /** Validated without open blockers since the last edit. */
  clean: boolean;
  /** Nothing may happen to it any more but being put away. */
  done: boolean;
  archived: boolean;
}

const allowed = (model: Model, event: PlanEvent): boolean => {
  if (model.archived) return false;
  switch (event) {
    case 'start':
      return model.clean && !model.running && !model.done;
    case 'complete':
    case 'fail':
    case 'cancel':
      return model.running;
    case 'archive':
      return !model.running;
    case 'edit':
    case 'validateClean':
    case 'validateWithBlockers':
      return !model.running && !model.done;
  }
};

const after = (model: Model, event: PlanEvent): Model => ({
  running: event === 'start',
  clean: event === 'validateClean',
  done: model.done || event === 'complete',
  archived: event === 'archive',
});

describe('the life of a plan', () => {
  it('allows at every moment what its model allows, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (sequence) => {
        let state: PlanState = PlanState.draft;
        let model: Model = { running: false, clean: false, done: false, archived: false };
        for (const event of sequence) {
          const next = nextState(state, event);
          expect(next !== undefined, `${event} in ${state}`).toBe(allowed(model, event));
          if (next === undefined) continue;
          state = next;
          model = after(model, event);
          expect(state === 'running').toBe(model.running);
          expect(state === 'ready').toBe(model.clean);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never runs without a clean validation right before', () => {
    const leadingToRun = states.filter((state) => nextState(state, 'start') !== undefined);
    expect(leadingToRun).toEqual(['ready']);
    const intoReady = states.flatMap((state) =>
      events.filter((event) => nextState(state, event) === 'ready'),
    );
    expect(new Set(intoReady)).toEqual(new Set(['validateClean']));
  });

  it('reaches every state from a draft', () => {
    const reached = new Set<PlanState>([PlanState.draft]);
    for (const state of reached) {
      for (const event of events) {
        const next = nextState(state, event);
        if (next !== undefined) reached.add(next);
      }
    }
    expect([...reached].sort()).toEqual([...states].sort());
  });
});
