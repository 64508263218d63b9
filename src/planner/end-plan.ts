import type { Graph } from '../graph/index.js';
import { PlanError } from './planner-error.js';
import type { Plan } from './record/plan.js';
import { deletePlanQuery } from './record/plan-queries.js';
import { findPlan, updatePlan } from './record/plans.js';
import { PlanState, requireNextState, type PlanEvent } from './record/state.js';

/**
 * Takes note of what happened to a plan: the start and the end of its run, or that it is put away.
 *
 * @throws PlanError where that is not allowed in its state.
 */
export async function recordPlanEvent(
  graph: Graph,
  planId: string,
  event: PlanEvent,
  by: string,
): Promise<Plan> {
  const plan = await findPlan(graph, planId);
  const state = requireNextState(planId, plan.state, event);
  await graph.transaction((transaction) => updatePlan(transaction, plan, { state }, by));
  return findPlan(graph, planId);
}

/** Deletes a plan with its machines and waivers. The record of its runs stays. */
export async function deletePlan(graph: Graph, planId: string): Promise<void> {
  const plan = await findPlan(graph, planId);
  if (plan.state === PlanState.running) {
    throw new PlanError({
      code: 'plan.running',
      what: 'The plan cannot be deleted',
      subject: plan.name,
      why: 'it is running',
      remedy: 'Wait for the run to end, or cancel it.',
    });
  }
  await graph.write(deletePlanQuery, { id: planId });
}
