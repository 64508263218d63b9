/**
 * Plans: which machines go where, what was decided for each, and whether it can work.
 *
 *     const plan = await createPlanFromSearch(graph, { name, search, target, namespace }, by);
 *     await updateNetworkMapping(graph, plan.id, { source, destination }, by);
 *     await validatePlan(graph, plan.id, { cluster, by });
 *     await waiveFinding(graph, plan.id, { finding, machine, reason }, by);
 *     const run = await planForRun(graph, plan.id, endpointOf);
 *
 * Every change is refused while a plan runs, and where somebody else changed it meanwhile.
 */
export { createPlanFromSearch, largestPlan, type PlanRequest } from './create-plan.js';
export { planDrift, type ChangedFact, type ChangedMachine, type PlanDrift } from './drift.js';
export {
  removePlannedMachines,
  updateNetworkMapping,
  updatePlanOptions,
  updatePlannedMachine,
  updateStorageMapping,
  type MachineChanges,
} from './edit-plan.js';
export { deletePlan, recordPlanEvent } from './end-plan.js';
export type {
  NetworkDestination,
  NetworkMapping,
  StorageDestination,
  StorageMapping,
} from './mapping/mapping.js';
export type { MachineChoices } from './choice/choices.js';
export {
  exportPlanYaml,
  planForRun,
  type DiskWork,
  type MachineWork,
  type RunnablePlan,
} from './plan-for-run.js';
export { PlanChanged, PlanError } from './planner-error.js';
export type { Finding, Waiver } from './record/finding.js';
export { planOptions, type PlanOptions, type PlanOptionsInput } from './record/options.js';
export type { Plan, PlannedMachine, PlanSource } from './record/plan.js';
export { findPlan, findPlannedMachine, listPlannedMachines, listPlans } from './record/plans.js';
export { PlanEvent, PlanState, nextState } from './record/state.js';
export { findingCatalogue, type RuleDescription } from './validation/catalogue.js';
export { validatePlan, type ValidationOptions } from './validation/validate.js';
export type { SourceEndpoint } from './virtual-machine/blueprint.js';
export { revokeWaiver, waiveFinding, type WaiverRequest } from './waive.js';
