import type { Graph } from '../../graph/index.js';
import type { Finding, FindingSubject } from '../record/finding.js';
import type { Plan, PlannedMachine } from '../record/plan.js';
import {
  allPlannedMachines,
  countFindings,
  findPlan,
  keepMachines,
  updatePlan,
} from '../record/plans.js';
import { PlanEvent, requireNextState } from '../record/state.js';
import { admissionNotAsked, admissionRefused, askAdmission } from './admission.js';
import { graphRules } from './catalogue.js';
import type { Occurrence, Rule, ValidationContext } from './context.js';
import type { TargetCluster } from './target-cluster.js';
import { readContext } from './read-context.js';

export interface ValidationOptions {
  /** Connection to the target; without one its admission is not asked, which is a finding. */
  readonly cluster?: TargetCluster | undefined;
  /** Who asks, for the record. */
  readonly by: string;
  readonly signal?: AbortSignal | undefined;
}

const toFinding = (rule: Rule, subject: FindingSubject, occurrence: Occurrence): Finding => ({
  id: rule.id,
  severity: occurrence.severity ?? rule.severity,
  subject: occurrence.subject ?? subject,
  what: occurrence.what,
  why: occurrence.why,
  remedy: occurrence.remedy ?? rule.remedy,
  waivable: rule.waivable,
  waived: false,
});

/** Findings about the plan as a whole. */
export function planFindings(context: ValidationContext, rules: readonly Rule[]): Finding[] {
  const { id, name } = context.plan;
  return rules.flatMap((rule) =>
    rule.scope === 'plan'
      ? rule.find(context).map((one) => toFinding(rule, { kind: 'plan', id, name }, one))
      : [],
  );
}

/** Findings about one machine. */
export function machineFindings(
  machine: PlannedMachine,
  context: ValidationContext,
  rules: readonly Rule[],
): Finding[] {
  const subject: FindingSubject = { kind: 'machine', id: machine.entity, name: machine.name };
  return rules.flatMap((rule) =>
    rule.scope === 'machine'
      ? rule.find(machine, context).map((one) => toFinding(rule, subject, one))
      : [],
  );
}

/**
 * Checks a plan against the inventory, its target and the target's own admission, and keeps what
 * was found. The plan is `ready` afterwards if no blocker is open, else `validated`.
 *
 * @throws PlanError where the plan runs or has run, and PlanChanged where somebody else changed it
 *   meanwhile.
 */
export async function validatePlan(
  graph: Graph,
  id: string,
  options: ValidationOptions,
): Promise<Plan> {
  const plan = await findPlan(graph, id);
  requireNextState(id, plan.state, PlanEvent.validateClean);
  const machines = await allPlannedMachines(graph, id);
  const context = await readContext(graph, plan, machines, options);
  const usable = context.target.namespace !== null && context.target.namespace !== undefined;
  // Without its namespace everything would be refused, for a reason that is known already.
  const asked = usable ? machines : [];
  const answers = await askAdmission(options.cluster, asked, context.blueprintOf, options.signal);
  const rules = [...graphRules, admissionRefused(answers), admissionNotAsked(answers)];
  const findings = planFindings(context, rules);
  const validated = machines.map((machine) => ({
    ...machine,
    findings: machineFindings(machine, context, rules),
  }));
  const counts = countFindings(findings, validated, plan.waivers);
  const event =
    counts.openBlockers === 0 ? PlanEvent.validateClean : PlanEvent.validateWithBlockers;
  const state = requireNextState(id, plan.state, event);
  const validatedAt = new Date().toISOString();
  await graph.transaction(async (transaction) => {
    await updatePlan(transaction, plan, { findings, state, validatedAt, ...counts }, options.by);
    await keepMachines(transaction, id, validated, plan.waivers);
  });
  return findPlan(graph, id);
}
