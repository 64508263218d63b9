import { z } from 'zod';
import { defineQuery, type Graph } from '../graph/index.js';
import type { Plan } from './record/plan.js';
import { PlanState } from './record/state.js';

export const lastRunQuery = defineQuery({
  file: 'plan/last-run',
  params: z.object({ plan: z.string() }),
  row: z.object({ id: z.string(), state: z.string() }),
});
type Run = z.output<typeof lastRunQuery.row>;

/** Why a plan may not be started in the state it is in, and what to do about it. */
export interface Obstacle {
  readonly code: 'not-validated' | 'under-way' | 'run-ended' | 'over';
  readonly why: string;
  readonly remedy: string;
}

const again = (name: string): string => `opal plan validate ${JSON.stringify(name)}`;

const underWay = ({ id, state }: Run): Obstacle => {
  const cancel = `call it off with: opal migrate cancel ${id}`;
  const code = 'under-way';
  switch (state) {
    case 'paused':
      return {
        code,
        why: `run ${id} of it is paused`,
        remedy: `Let it go on with: opal migrate resume ${id}, or ${cancel}`,
      };
    case 'cancelling':
      return {
        code,
        why: `run ${id} of it is being cancelled`,
        remedy: `Wait for its end: opal migrate show ${id}; then validate the plan again`,
      };
    default:
      return {
        code,
        why: `run ${id} of it is under way`,
        remedy: `See how it stands with: opal migrate show ${id}, or ${cancel}`,
      };
  }
};

const failedRun = (name: string, run: Run | undefined): Obstacle => ({
  code: 'run-ended',
  why: `machines failed in its last run${run === undefined ? '' : `, ${run.id}`}`,
  remedy:
    run === undefined
      ? `Validate the plan again with: ${again(name)}, then start it`
      : `Try them again with: opal migrate retry ${run.id}; or call them off with: opal migrate cancel ${run.id}, then validate the plan again with: ${again(name)}`,
});

/** What keeps a plan from being started but for findings; `undefined` where nothing does. */
export async function obstacleOf(
  graph: Pick<Graph, 'read'>,
  { id, name, state }: Pick<Plan, 'id' | 'name' | 'state'>,
): Promise<Obstacle | undefined> {
  const lastRun = async () => (await graph.read(lastRunQuery, { plan: id }))[0];
  const validate = `Validate the plan with: ${again(name)}, then start it`;
  switch (state) {
    case PlanState.ready:
    case PlanState.validated:
      return undefined;
    case PlanState.draft:
      return {
        code: 'not-validated',
        why: 'it was not validated since it was made or edited',
        remedy: validate,
      };
    case PlanState.running:
      return underWay((await lastRun()) ?? { id: '', state });
    case PlanState.failed:
      return failedRun(name, await lastRun());
    case PlanState.cancelled:
      return {
        code: 'run-ended',
        why: 'its last run was cancelled, so it has to be validated again',
        remedy: validate,
      };
    case PlanState.completed:
    case PlanState.archived:
      return {
        code: 'over',
        why: state === PlanState.archived ? 'it is archived' : 'all of its machines are migrated',
        remedy: 'Make a new plan for other machines',
      };
  }
}
