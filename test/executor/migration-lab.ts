import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutorOptions } from '../../src/executor/configuration.js';
import {
  machineEffects,
  machineProgress,
  migrationProgress,
  startMigration,
  startWorker,
  type Connections,
  type MachineProgress,
  type MigrationEvent,
  type PlanForRun,
  type RunningWorker,
  type StartOptions,
  type WorkOrder,
} from '../../src/executor/index.js';
import { migrate, openGraph, type Graph } from '../../src/graph/index.js';
import {
  resources,
  type Cluster,
  type KubernetesObject,
  type Resource,
} from '../../src/kubernetes/index.js';
import { createLogger } from '../../src/telemetry/logger.js';

/** Short pauses, so that a run takes seconds; everything else as in production. */
const logLevel = () => (process.env.OPAL_TEST_LOG === undefined ? 'silent' : 'info');

export const quickConfiguration = (queue: string): ExecutorOptions => ({
  queue,
  poll: { powerMs: 100, copyMs: 150, jobMs: 150, targetMs: 150 },
  lockDurationMs: 5_000,
  stalledIntervalMs: 1_000,
  reconcileMs: 500,
  retryPauseMs: 100,
});

export interface GraphAddress {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
}

export async function preparedGraph(address: GraphAddress): Promise<Graph> {
  const graph = await openGraph(address);
  await migrate(graph);
  return graph;
}

/** A plan as the planner gives it, around the given orders. */
export const planOf = (
  workOrders: readonly WorkOrder[],
  blockers: readonly string[] = [],
): PlanForRun => ({
  id: workOrders[0]?.plan ?? randomUUID(),
  name: workOrders[0]?.planName ?? 'empty',
  blockers,
  workOrders,
});

export interface LabWorker extends RunningWorker {
  readonly events: readonly MigrationEvent[];
}

export async function labWorker(
  graph: Graph,
  redisUrl: string,
  connections: Connections,
  config: ExecutorOptions,
): Promise<LabWorker> {
  const events: MigrationEvent[] = [];
  const worker = await startWorker({
    graph,
    redisUrl,
    connections,
    config,
    events: { publish: (event) => events.push(event) },
    logger: createLogger(logLevel()),
  });
  return { ...worker, events };
}

export const startRun = (
  graph: Graph,
  orders: readonly WorkOrder[],
  options: StartOptions = {},
): Promise<string> => startMigration(graph, planOf(orders), { name: 'tester' }, options);

/** Waits until the run is in one of the states; fails with what its machines say. */
export async function untilState(
  graph: Graph,
  migration: string,
  states: readonly string[],
  timeoutMs = 120_000,
): Promise<string> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    // The graph may be down for a moment, in tests that let it.
    const progress = await migrationProgress(graph, migration).catch(() => undefined);
    const state = progress?.state ?? 'unknown';
    if (states.includes(state)) return state;
    if (Date.now() > deadline) {
      const machines = await machineProgress(graph, migration);
      throw new Error(`the run stays ${state}: ${JSON.stringify(machines, null, 1)}`);
    }
    await sleep(100);
  }
}

export async function onlyMachine(graph: Graph, migration: string): Promise<MachineProgress> {
  const [machine] = await machineProgress(graph, migration);
  if (machine === undefined) throw new Error('the run has no machine');
  return machine;
}

/** Verbs and targets of all that was done outside for a machine, in order. */
export async function doneOutside(graph: Graph, machine: string): Promise<string[]> {
  const effects = await machineEffects(graph, machine);
  return effects.map(({ verb, target }) => `${verb} ${target}`);
}

export const namesOf = (objects: readonly KubernetesObject[]): string[] =>
  objects.map(({ metadata }) => metadata.name).sort();

export async function listed(
  cluster: Cluster,
  resource: Resource,
  namespace: string,
): Promise<readonly KubernetesObject[]> {
  return (await cluster.list(resource, { namespace })).objects;
}

export async function makeNamespace(cluster: Cluster, prefix: string): Promise<string> {
  const name = `${prefix}-${randomUUID().slice(0, 8)}`;
  await cluster.apply(resources.namespace, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  });
  return name;
}
