import { randomUUID } from 'node:crypto';
import {
  startMigration,
  type SourceControl,
  type StepName,
  type WorkOrder,
} from '../../src/executor/index.js';
import { frozenItinerary } from '../../src/executor/itinerary.js';
import type { Graph } from '../../src/graph/index.js';
import type { Cluster } from '../../src/kubernetes/index.js';
import { planOf, quickConfiguration } from '../executor/migration-lab.js';
import type { Stage } from '../executor/stage.js';
import { nameOf, type KillPoint } from './kill-point.js';
import { MortalWorker } from './mortal-worker.js';
import { PowerObserver } from './power-observer.js';
import type { WorkerTask } from './worker-task.js';

const hook = { image: 'registry.example/hook:1' };

/** A run with every step that there is, over several machines in one namespace. */
export async function fullOrders(stage: Stage, count: number): Promise<WorkOrder[]> {
  const plan = `plan-${randomUUID()}`;
  const first = await stage.order({ preHook: hook, postHook: hook, convertGuest: true, plan });
  const orders = [first];
  while (orders.length < count) {
    orders.push(
      await stage.order({
        preHook: hook,
        postHook: hook,
        convertGuest: true,
        // The second lets virt-v2v copy, so that deaths in the middle of that are met too.
        copy: orders.length === 1 ? 'virt-v2v' : 'vddk',
        plan,
        namespace: first.namespace,
      }),
    );
  }
  return orders;
}

export const forwardSteps = (orders: readonly WorkOrder[]): readonly StepName[] =>
  orders[0] === undefined ? [] : frozenItinerary(orders[0]);

/** Spreads the kill points over the machines, so that one pass through all of them meets every one. */
export function spread(
  points: readonly KillPoint[],
  machines: readonly string[],
): Record<string, string[]> {
  const deaths: Record<string, string[]> = Object.fromEntries(machines.map((id) => [id, []]));
  for (const [index, point] of points.entries()) {
    deaths[machines[index % machines.length] ?? '']?.push(nameOf(point));
  }
  return deaths;
}

export interface KillRun {
  readonly graph: Graph;
  readonly cluster: Cluster;
  readonly source: SourceControl;
  readonly migration: string;
  readonly namespace: string;
  readonly orders: readonly WorkOrder[];
}

export async function beginRun(stage: Stage, orders: readonly WorkOrder[]): Promise<KillRun> {
  const migration = await startMigration(stage.graph, planOf(orders), { name: 'tester' });
  const { graph, cluster, source } = stage;
  return { graph, cluster, source, migration, orders, namespace: orders[0]?.namespace ?? '' };
}

/** Shorter locks than in other tests: each death costs one. */
const deadlyConfiguration = () => ({
  ...quickConfiguration('unnamed'),
  lockDurationMs: 1_500,
  stalledIntervalMs: 500,
  reconcileMs: 300,
});

export function mortalWorker(
  stage: Stage,
  deaths: Readonly<Record<string, string[]>>,
  changes: Partial<WorkerTask> = {},
): Promise<MortalWorker> {
  return MortalWorker.start({
    ...stage.addresses,
    config: { ...deadlyConfiguration(), queue: `kill-${randomUUID()}` },
    deaths: { ...deaths },
    naps: {},
    ...changes,
  });
}

export const observePower = (stage: Stage, run: KillRun): PowerObserver =>
  new PowerObserver({ ...run, poweredOn: () => stage.poweredOn() });
