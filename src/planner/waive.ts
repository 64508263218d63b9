import { z } from 'zod';
import type { Graph } from '../graph/index.js';
import { digest } from './digest.js';
import { PlanError } from './planner-error.js';
import type { Plan } from './record/plan.js';
import { keepWaiverQuery, removeWaiverQuery } from './record/plan-queries.js';
import {
  allPlannedMachines,
  countFindings,
  findPlan,
  findPlannedMachine,
  keepMachines,
  updatePlan,
} from './record/plans.js';
import { PlanEvent, PlanState, requireNextState } from './record/state.js';
import { findingCatalogue } from './validation/catalogue.js';

export interface WaiverRequest {
  /** Id of the finding. */
  readonly finding: string;
  /** Id of the machine it is about; left out for findings about the plan as a whole. */
  readonly machine?: string;
  readonly reason: string;
}

const person = z.string().trim().min(1);
const reasonText = z.string().trim().min(3).max(2000);

const refuse = (subject: string, why: string, remedy: string): PlanError =>
  new PlanError({
    code: 'plan.waiver-not-valid',
    what: 'The finding cannot be waived',
    subject,
    why,
    remedy,
  });

async function requireFinding(graph: Graph, plan: Plan, request: WaiverRequest): Promise<void> {
  const rule = findingCatalogue.find(({ id }) => id === request.finding);
  if (rule === undefined) {
    throw refuse(
      request.finding,
      'there is no such finding',
      'Take the id of a finding of the plan.',
    );
  }
  if (!rule.waivable) {
    throw refuse(request.finding, 'the migration could not succeed with it', rule.remedy);
  }
  const findings =
    request.machine === undefined
      ? plan.findings
      : (await findPlannedMachine(graph, plan.id, request.machine)).findings;
  if (findings.some(({ id }) => id === request.finding)) return;
  throw refuse(
    request.finding,
    'the last validation did not find it there',
    'Validate the plan, then waive what it finds.',
  );
}

/** Counts what is open now, and moves a validated plan to ready or back. */
async function recount(graph: Graph, id: string, by: string): Promise<Plan> {
  const plan = await findPlan(graph, id);
  const machines = await allPlannedMachines(graph, id);
  const counts = countFindings(plan.findings, machines, plan.waivers);
  const isValidated = plan.state === PlanState.validated || plan.state === PlanState.ready;
  const event =
    counts.openBlockers === 0 ? PlanEvent.validateClean : PlanEvent.validateWithBlockers;
  const state = isValidated ? requireNextState(id, plan.state, event) : plan.state;
  await graph.transaction(async (transaction) => {
    await updatePlan(transaction, plan, { ...counts, state }, by);
    await keepMachines(transaction, id, machines, plan.waivers);
  });
  return findPlan(graph, id);
}

/**
 * Records that a person answers for running the plan in spite of a finding.
 *
 * @throws PlanError where the finding is not there, or is one that nobody can answer for.
 */
export async function waiveFinding(
  graph: Graph,
  planId: string,
  request: WaiverRequest,
  by: string,
): Promise<Plan> {
  const reason = reasonText.safeParse(request.reason);
  if (!reason.success || !person.safeParse(by).success) {
    throw refuse(request.finding, 'it needs a name and a reason', 'Say why it is acceptable.');
  }
  const plan = await findPlan(graph, planId);
  requireNextState(planId, plan.state, PlanEvent.edit);
  await requireFinding(graph, plan, request);
  const machine = request.machine ?? null;
  await graph.write(keepWaiverQuery, {
    plan: planId,
    id: `${planId}/${digest(`${request.finding} ${machine ?? ''}`, 16)}`,
    finding: request.finding,
    machine,
    reason: reason.data,
    by,
    at: new Date().toISOString(),
  });
  return recount(graph, planId, by);
}

/** Takes a waiver back; the finding blocks the plan again. */
export async function revokeWaiver(
  graph: Graph,
  planId: string,
  request: Pick<WaiverRequest, 'finding' | 'machine'>,
  by: string,
): Promise<Plan> {
  const plan = await findPlan(graph, planId);
  requireNextState(planId, plan.state, PlanEvent.edit);
  const machine = request.machine ?? null;
  await graph.write(removeWaiverQuery, { plan: planId, finding: request.finding, machine });
  return recount(graph, planId, by);
}
