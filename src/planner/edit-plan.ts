import { z } from 'zod';
import type { Graph } from '../graph/index.js';
import type { MachineChoices } from './choice/choices.js';
import { chooseForMachine } from './choice/choose.js';
import {
  networkDestination,
  storageDestination,
  type NetworkDestination,
  type StorageDestination,
} from './mapping/mapping.js';
import { requireNetwork, requireStorage } from './mapping/require-destination.js';
import { isValidName } from './names/target-name.js';
import { PlanError } from './planner-error.js';
import { planOptions, type PlanOptionsInput } from './record/options.js';
import type { Plan, PlannedMachine } from './record/plan.js';
import { claimName } from './record/claim-name.js';
import { removeMachinesQuery } from './record/plan-queries.js';
import {
  allPlannedMachines,
  findPlan,
  findPlannedMachine,
  keepMachines,
  updatePlan,
  type StoredPlan,
} from './record/plans.js';
import { PlanEvent, requireNextState } from './record/state.js';
import { readTarget } from './target/read-target.js';

const refuse = (subject: string, why: string, remedy: string): PlanError =>
  new PlanError({
    code: 'plan.edit-not-valid',
    what: 'The plan cannot be changed like this',
    subject,
    why,
    remedy,
  });

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  subject: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = [subject, ...(issue?.path ?? [])].join('.');
  throw refuse(place, issue?.message ?? 'it is not valid', 'Correct the field and try again.');
}

/** Looks at a plan, changes it and machines of it, and makes it a draft again. */
async function edit(
  graph: Graph,
  id: string,
  by: string,
  change: (plan: StoredPlan) => Promise<{
    readonly plan: Partial<Plan>;
    readonly machines?: readonly PlannedMachine[];
  }>,
): Promise<Plan> {
  const plan = await findPlan(graph, id);
  const state = requireNextState(id, plan.state, PlanEvent.edit);
  const { plan: changes, machines = [] } = await change(plan);
  await graph.transaction(async (transaction) => {
    if (changes.name !== undefined) await claimName(transaction, id, changes.name);
    await updatePlan(transaction, plan, { ...changes, state }, by);
    await keepMachines(transaction, id, machines, plan.waivers);
  });
  return findPlan(graph, id);
}

function replaceMapping<Mapping extends { readonly source: string }>(
  mappings: readonly Mapping[],
  source: string,
  change: (mapping: Mapping) => Mapping,
): Mapping[] {
  if (!mappings.some((mapping) => mapping.source === source)) {
    throw refuse(source, 'the plan has no mapping for it', 'Take the id of one of its mappings.');
  }
  return mappings.map((mapping) => (mapping.source === source ? change(mapping) : mapping));
}

const chosen = (by: string) => ({ confidence: 1, reasons: [`chosen by ${by}`], edited: true });

/** Maps a source network; null makes it unmapped again. */
export const updateNetworkMapping = (
  graph: Graph,
  planId: string,
  change: { readonly source: string; readonly destination: NetworkDestination | null },
  by: string,
): Promise<Plan> =>
  edit(graph, planId, by, async (plan) => {
    const destination = parsed(networkDestination.nullable(), change.destination, 'destination');
    const networks = replaceMapping(plan.networks, change.source, (mapping) => ({
      ...mapping,
      ...chosen(by),
      destination,
    }));
    requireNetwork(await readTarget(graph, plan.target, plan.namespace), destination);
    return { plan: { networks } };
  });

/** Maps a source datastore; null makes it unmapped again. */
export const updateStorageMapping = (
  graph: Graph,
  planId: string,
  change: { readonly source: string; readonly destination: StorageDestination | null },
  by: string,
): Promise<Plan> =>
  edit(graph, planId, by, async (plan) => {
    const destination = parsed(storageDestination.nullable(), change.destination, 'destination');
    const storage = replaceMapping(plan.storage, change.source, (mapping) => ({
      ...mapping,
      ...chosen(by),
      destination,
    }));
    requireStorage(await readTarget(graph, plan.target, plan.namespace), destination);
    return { plan: { storage } };
  });

const matcher = z.strictObject({ kind: z.string().min(1), name: z.string().min(1) }).nullable();

const machineChanges = z.strictObject({
  targetName: z
    .string()
    .refine(isValidName, { error: 'a name has at most 63 lower-case letters, digits, - and .' })
    .optional(),
  power: z.enum(['auto', 'on', 'off']).optional(),
  conversion: z.boolean().optional(),
  compatibilityMode: z.boolean().optional(),
  copy: z.enum(['vddk', 'virt-v2v']).optional(),
  instanceType: matcher.optional(),
  preference: matcher.optional(),
  bootDisk: z.int().min(0).optional(),
});
export type MachineChanges = z.input<typeof machineChanges>;

function applyChanges(
  choices: MachineChoices,
  changes: z.output<typeof machineChanges>,
  by: string,
): MachineChoices {
  const reasons = [`chosen by ${by}`];
  const { targetName, bootDisk, ...decisions } = changes;
  const decided = Object.fromEntries(
    Object.entries(decisions).map(([field, value]) => [field, { value, reasons }]),
  );
  return {
    ...choices,
    ...decided,
    ...(targetName === undefined ? {} : { targetName, nameReasons: reasons }),
    ...(bootDisk === undefined ? {} : { bootDisk }),
    edited: [...new Set([...choices.edited, ...Object.keys(changes)])].sort(),
  };
}

/** Changes what is decided for one machine; later proposals leave these fields alone. */
export const updatePlannedMachine = (
  graph: Graph,
  planId: string,
  machineId: string,
  input: MachineChanges,
  by: string,
): Promise<Plan> =>
  edit(graph, planId, by, async () => {
    const changes = parsed(machineChanges, input, 'machine');
    const machine = await findPlannedMachine(graph, planId, machineId);
    if (changes.bootDisk !== undefined && changes.bootDisk >= machine.facts.disks.length) {
      const why = `the machine has ${machine.facts.disks.length} disks, counted from 0`;
      throw refuse('bootDisk', why, 'Take the index of one of its disks.');
    }
    const choices = applyChanges(machine.choices, changes, by);
    return {
      plan: {},
      machines: [{ ...machine, choices, targetName: choices.targetName, findings: [] }],
    };
  });

/** What a person set stays; all else follows the options anew. */
function keepEdited(proposed: MachineChoices, earlier: MachineChoices): MachineChoices {
  const kept = Object.entries(earlier).filter(([field]) => earlier.edited.includes(field));
  return {
    ...proposed,
    ...Object.fromEntries(kept),
    targetName: earlier.targetName,
    nameReasons: earlier.nameReasons,
    edited: earlier.edited,
  };
}

/** Changes options, name or description of a plan, and decides anew what nobody has edited. */
export const updatePlanOptions = (
  graph: Graph,
  planId: string,
  input: {
    readonly name?: string;
    readonly description?: string;
    readonly options?: PlanOptionsInput;
  },
  by: string,
): Promise<Plan> =>
  edit(graph, planId, by, async (plan) => {
    const options = parsed(planOptions, { ...plan.options, ...input.options }, 'options');
    const name = parsed(z.string().trim().min(1).max(200), input.name ?? plan.name, 'name');
    const description = input.description ?? plan.description;
    const target = await readTarget(graph, plan.target, plan.namespace);
    const machines = (await allPlannedMachines(graph, planId)).map((machine) => {
      const { targetName, nameReasons } = machine.choices;
      const chosenName = { name: targetName, reasons: nameReasons };
      const proposed = chooseForMachine(machine.facts, chosenName, options, target);
      return { ...machine, choices: keepEdited(proposed, machine.choices), findings: [] };
    });
    // A plan from before names were unique may be edited all the same.
    const renamed = name === plan.name ? {} : { name };
    return { plan: { ...renamed, description, options, findings: [] }, machines };
  });

/** Takes machines out of a plan. */
export async function removePlannedMachines(
  graph: Graph,
  planId: string,
  machineIds: readonly string[],
  by: string,
): Promise<Plan> {
  const plan = await findPlan(graph, planId);
  const state = requireNextState(planId, plan.state, PlanEvent.edit);
  for (const id of machineIds) await findPlannedMachine(graph, planId, id);
  await graph.transaction(async (transaction) => {
    await updatePlan(transaction, plan, { state }, by);
    await transaction.run(removeMachinesQuery, { plan: planId, entities: [...machineIds] });
  });
  return findPlan(graph, planId);
}
