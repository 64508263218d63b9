import { randomUUID } from 'node:crypto';
import type { Graph } from '../graph/index.js';
import { lanesOf } from './admission.js';
import { frozenItinerary } from './itinerary.js';
import { MigrationRequestError } from './migration-error.js';
import type { PlanForRun } from './ports.js';
import {
  activateMigration,
  addMachines,
  claimedMachines,
  completedOfPlan,
  createMigration,
  discardMigration,
} from './queries/start.js';
import { workOrderSchema, type WorkOrder } from './work-order.js';

export interface StartOptions {
  /** Ids of source machines in the graph; all of the plan that are not migrated yet if left out. */
  readonly virtualMachines?: readonly string[];
}

/** Who asked for something, for the record. */
export interface Principal {
  readonly name: string;
}

/** Machines written in one transaction: orders may be large. */
const batch = 100;

/**
 * Starts a run of a plan: freezes the order and the itinerary of every machine in the graph. The
 * workers find it there; waking one is the caller's choice.
 *
 * @returns the id of the migration.
 * @throws MigrationRequestError where the plan has blockers, has nothing left to do, or a machine
 *   is under way already.
 */
export async function startMigration(
  graph: Graph,
  plan: PlanForRun,
  principal: Principal,
  options: StartOptions = {},
): Promise<string> {
  if (plan.obstacle !== undefined) throw notNow(plan, plan.obstacle);
  if (plan.blockers.length > 0) throw blocked(plan);
  const orders = (await chosenOrders(graph, plan, options)).map((order) =>
    workOrderSchema.parse(order),
  );
  if (orders.length === 0) throw nothingToDo(plan);
  await refuseClaimed(graph, orders);
  const id = randomUUID();
  const now = new Date().toISOString();
  const { id: planId, name: planName } = plan;
  await graph.write(createMigration, {
    id,
    plan: planId,
    planName,
    createdBy: principal.name,
    now,
  });
  try {
    await addAll(graph, id, orders);
    const active = await graph.write(activateMigration, { id, now: new Date().toISOString() });
    if (active.length === 0) throw planChanged(plan);
  } catch (error) {
    await graph.write(discardMigration, { id });
    // Somebody else may have claimed a machine between the look and the writing.
    await refuseClaimed(graph, orders);
    throw error;
  }
  return id;
}

async function chosenOrders(
  graph: Graph,
  plan: PlanForRun,
  { virtualMachines }: StartOptions,
): Promise<readonly WorkOrder[]> {
  const known = new Map(plan.workOrders.map((order) => [order.source.id, order]));
  const strangers = (virtualMachines ?? []).filter((id) => !known.has(id));
  if (strangers.length > 0) throw notInPlan(plan, strangers);
  const completed = new Set(
    (await graph.read(completedOfPlan, { plan: plan.id })).map(({ entity }) => entity),
  );
  const wanted = virtualMachines === undefined ? undefined : new Set(virtualMachines);
  return plan.workOrders.filter(
    ({ source }) => !completed.has(source.id) && (wanted?.has(source.id) ?? true),
  );
}

async function refuseClaimed(graph: Graph, orders: readonly WorkOrder[]): Promise<void> {
  const entities = orders.map(({ source }) => source.id);
  const claimed = await graph.read(claimedMachines, { entities });
  if (claimed.length === 0) return;
  const [first] = claimed;
  const names = claimed.slice(0, 5).map(({ name, state }) => `${name} (${state})`);
  throw new MigrationRequestError({
    code: 'migration.start.under-way',
    what: `${String(claimed.length)} of the machines are under way in a run already`,
    subject: names.join(', '),
    why: 'a source machine can be in one run at a time, and a failed one stays in its run until it is retried or cancelled',
    remedy: `Wait for run ${first?.migration ?? ''}, or retry or cancel those machines in it`,
  });
}

async function addAll(
  graph: Graph,
  migration: string,
  orders: readonly WorkOrder[],
): Promise<void> {
  for (let start = 0; start < orders.length; start += batch) {
    const machines = orders.slice(start, start + batch).map((order, index) => ({
      id: randomUUID(),
      entity: order.source.id,
      name: order.source.name,
      namespace: order.namespace,
      targetName: order.targetName,
      sourceId: order.sourceId,
      targetId: order.targetId,
      position: start + index,
      lanes: lanesOf(order),
      workOrder: JSON.stringify(order),
      totalBytes: order.disks.reduce((sum, disk) => sum + disk.capacityBytes, 0),
      steps: [...frozenItinerary(order)],
    }));
    await graph.write(addMachines, { migration, machines, now: new Date().toISOString() });
  }
}

function notNow(
  { name }: PlanForRun,
  { code, why, remedy }: NonNullable<PlanForRun['obstacle']>,
): MigrationRequestError {
  return new MigrationRequestError({
    code: `migration.start.${code}`,
    what: 'The plan may not run',
    subject: name,
    why,
    remedy,
  });
}

function blocked({ name, blockers }: PlanForRun): MigrationRequestError {
  const findings =
    blockers.length === 1 ? '1 finding blocks' : `${String(blockers.length)} findings block`;
  return new MigrationRequestError({
    code: 'migration.start.blocked',
    what: 'The plan may not run',
    subject: name,
    why: `${findings} it: ${blockers.slice(0, 5).join('; ')}`,
    remedy: 'Resolve them, or waive each with a name and a reason, and validate the plan again',
  });
}

function planChanged({ name }: PlanForRun): MigrationRequestError {
  return new MigrationRequestError({
    code: 'migration.start.plan-changed',
    what: 'The plan changed while its run was being prepared',
    subject: name,
    why: 'somebody edited or started it at the same moment',
    remedy: 'Look at the plan, validate it again if it was edited, then start it',
  });
}

function nothingToDo({ name }: PlanForRun): MigrationRequestError {
  return new MigrationRequestError({
    code: 'migration.start.nothing',
    what: 'The plan has nothing left to do',
    subject: name,
    why: 'every machine of it that was asked for is migrated',
    remedy: 'Make a new plan for other machines',
  });
}

function notInPlan({ name }: PlanForRun, strangers: readonly string[]): MigrationRequestError {
  return new MigrationRequestError({
    code: 'migration.start.not-in-plan',
    what: `${String(strangers.length)} of the machines are not in the plan`,
    subject: name,
    why: `it does not have ${strangers.slice(0, 5).join(', ')}`,
    remedy: 'Leave them out, or make a plan that has them',
  });
}
