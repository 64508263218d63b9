import { z } from 'zod';
import type { Graph } from '../graph/index.js';
import { digest } from './digest.js';
import { PlanError } from './planner-error.js';
import type { Plan, PlannedMachine } from './record/plan.js';
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
  /** Answers for it on every machine of the plan that has it now. @default false */
  readonly allMachines?: boolean;
  readonly reason: string;
}

const person = z.string().trim().min(1);
const shortestReason = 3;
const longestReason = 2000;
const reasonText = z.string().trim().min(shortestReason).max(longestReason);

const refuse = (subject: string, why: string, remedy: string): PlanError =>
  new PlanError({
    code: 'plan.waiver-not-valid',
    what: 'The finding cannot be waived',
    subject,
    why,
    remedy,
  });

const has = ({ findings }: Pick<PlannedMachine, 'findings'>, finding: string): boolean =>
  findings.some(({ id }) => id === finding);

function requireWaivable(finding: string): void {
  const rule = findingCatalogue.find(({ id }) => id === finding);
  if (rule === undefined) {
    throw refuse(finding, 'there is no such finding', 'Take the id of a finding of the plan.');
  }
  if (!rule.waivable) {
    throw refuse(finding, 'the migration could not succeed with it', rule.remedy);
  }
}

const notFound = (finding: string): PlanError =>
  refuse(
    finding,
    'the last validation did not find it there',
    'Validate the plan, then waive what it finds.',
  );

/** What the waivers are for: machines, or null for the plan as a whole. */
async function waivedPlaces(
  graph: Graph,
  plan: Plan,
  { finding, machine, allMachines = false }: WaiverRequest,
): Promise<readonly (string | null)[]> {
  if (machine !== undefined) {
    if (has(await findPlannedMachine(graph, plan.id, machine), finding)) return [machine];
    throw notFound(finding);
  }
  if (!allMachines && has(plan, finding)) return [null];
  const machines = (await allPlannedMachines(graph, plan.id)).filter((one) => has(one, finding));
  if (machines.length === 0) throw notFound(finding);
  if (allMachines) return machines.map(({ entity }) => entity);
  const names = machines.slice(0, 5).map(({ name }) => name);
  throw refuse(
    finding,
    `it is a finding about machines, and no machine is named; ${machines.length === 1 ? '1 machine has' : `${String(machines.length)} machines have`} it: ${names.join(', ')}${machines.length > names.length ? ', …' : ''}`,
    'Name the machine, or waive it for all machines at once.',
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
    const length = `${String(shortestReason)} to ${String(longestReason)} characters`;
    const why = `it needs a name and a reason of ${length}, and the reason has ${String(request.reason.trim().length)}`;
    throw refuse(request.finding, why, 'Say why it is acceptable.');
  }
  const plan = await findPlan(graph, planId);
  requireNextState(planId, plan.state, PlanEvent.edit);
  requireWaivable(request.finding);
  const at = new Date().toISOString();
  for (const machine of await waivedPlaces(graph, plan, request)) {
    await graph.write(keepWaiverQuery, {
      plan: planId,
      id: `${planId}/${digest(`${request.finding} ${machine ?? ''}`, 16)}`,
      finding: request.finding,
      machine,
      reason: reason.data,
      by,
      at,
    });
  }
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
