import type { Graph, GraphTransaction } from '../../graph/index.js';
import { noSuchMachine, noSuchPlan, PlanChanged } from '../planner-error.js';
import { openBlockers, withWaivers, type Finding, type Waiver } from './finding.js';
import type { Plan, PlannedMachine } from './plan.js';
import {
  findMachineQuery,
  findPlanQuery,
  keepMachinesQuery,
  listMachinesQuery,
  listPlansQuery,
  updatePlanQuery,
  type MachineToKeep,
} from './plan-queries.js';

/** A plan with the search as it is run again. */
export type StoredPlan = Plan & { readonly search: string };

/** @throws PlanError where there is no such plan. */
export async function findPlan(graph: Pick<Graph, 'read'>, id: string): Promise<StoredPlan> {
  const [row] = await graph.read(findPlanQuery, { id });
  if (row === undefined) throw noSuchPlan(id);
  return row.plan;
}

/** Plans in the order of their ids, from after one. */
export const listPlans = async (
  graph: Graph,
  { after = '', limit = 100 }: { readonly after?: string; readonly limit?: number } = {},
): Promise<readonly Plan[]> =>
  (await graph.read(listPlansQuery, { after, limit })).map(({ plan }) => plan);

const page = 200;

/** Machines of a plan in the order of the search, a page at a time. */
export const listPlannedMachines = async (
  graph: Pick<Graph, 'read'>,
  plan: string,
  { after = -1, limit = page }: { readonly after?: number; readonly limit?: number } = {},
): Promise<readonly PlannedMachine[]> =>
  (await graph.read(listMachinesQuery, { plan, after, limit })).map(({ machine }) => machine);

/** Every machine of a plan; a plan is bounded in size. */
export async function allPlannedMachines(
  graph: Pick<Graph, 'read'>,
  plan: string,
): Promise<readonly PlannedMachine[]> {
  const machines: PlannedMachine[] = [];
  let after = -1;
  for (;;) {
    const rows = await listPlannedMachines(graph, plan, { after });
    machines.push(...rows);
    after = rows.at(-1)?.position ?? after;
    if (rows.length < page) return machines;
  }
}

/** @throws PlanError where the plan has no such machine. */
export async function findPlannedMachine(
  graph: Pick<Graph, 'read'>,
  plan: string,
  entity: string,
): Promise<PlannedMachine> {
  const [row] = await graph.read(findMachineQuery, { plan, entity });
  if (row === undefined) throw noSuchMachine(plan, entity);
  return row.machine;
}

const countOf = (findings: readonly Finding[], severity: Finding['severity']): number =>
  findings.filter((one) => one.severity === severity).length;

export const machineToKeep = (
  machine: PlannedMachine,
  waivers: readonly Waiver[],
): MachineToKeep => ({
  id: machine.id,
  entity: machine.entity,
  source: machine.facts.source,
  name: machine.name,
  targetName: machine.choices.targetName,
  namespace: machine.namespace,
  position: machine.position,
  facts: JSON.stringify(machine.facts),
  choices: JSON.stringify(machine.choices),
  findings: JSON.stringify(withWaivers(machine.findings, waivers, machine.entity)),
  openBlockers: openBlockers(machine.findings, waivers, machine.entity).length,
  warnings: countOf(machine.findings, 'warning'),
});

const batch = 50;

export async function keepMachines(
  transaction: GraphTransaction,
  plan: string,
  machines: readonly PlannedMachine[],
  waivers: readonly Waiver[],
): Promise<void> {
  for (let start = 0; start < machines.length; start += batch) {
    const rows = machines.slice(start, start + batch);
    await transaction.run(keepMachinesQuery, {
      plan,
      machines: rows.map((machine) => machineToKeep(machine, waivers)),
    });
  }
}

/** Blockers and warnings over the plan and all its machines. */
export function countFindings(
  findings: readonly Finding[],
  machines: readonly PlannedMachine[],
  waivers: readonly Waiver[],
): { readonly openBlockers: number; readonly warnings: number } {
  return {
    openBlockers: machines.reduce(
      (sum, machine) => sum + openBlockers(machine.findings, waivers, machine.entity).length,
      openBlockers(findings, waivers, null).length,
    ),
    warnings: machines.reduce(
      (sum, machine) => sum + countOf(machine.findings, 'warning'),
      countOf(findings, 'warning'),
    ),
  };
}

/** @throws PlanChanged where the plan is no longer the one that was looked at. */
export async function updatePlan(
  transaction: GraphTransaction,
  seen: Plan,
  changes: Partial<Plan>,
  by: string,
): Promise<void> {
  const plan = { ...seen, ...changes };
  const rows = await transaction.run(updatePlanQuery, {
    id: plan.id,
    revision: seen.revision,
    name: plan.name,
    description: plan.description,
    namespace: plan.namespace,
    state: plan.state,
    options: JSON.stringify(plan.options),
    networks: JSON.stringify(plan.networks),
    storage: JSON.stringify(plan.storage),
    findings: JSON.stringify(withWaivers(plan.findings, plan.waivers, null)),
    openBlockers: plan.openBlockers,
    warnings: plan.warnings,
    validatedAt: plan.validatedAt,
    at: new Date().toISOString(),
    by,
  });
  if (rows.length === 0) throw new PlanChanged(plan.id);
}
