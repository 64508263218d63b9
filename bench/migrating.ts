/**
 * Planning and migrating machines of the vCenter simulator into a real API server with KubeVirt's
 * own admission and controller:
 *
 *     node --import ./bootstrap/run-typescript.js bench/migrating.ts [machines]
 *
 * Prints machines planned and migrated a minute and calls a machine. No bytes are copied and no
 * guest runs: this measures what the product adds, not disks. It brings up all parts by itself.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  migrationProgress,
  readPlanForRun,
  startMigration,
  startWorker,
  stepNames,
} from '../src/executor/index.js';
import { createPlanFromSearch, deletePlan, validatePlan } from '../src/planner/index.js';
import { parseSearch } from '../src/search/index.js';
import { startEmbeddedNeo4j } from '../src/server/embedded/neo4j.js';
import { startEmbeddedRedis } from '../src/server/embedded/redis.js';
import { createLogger } from '../src/telemetry/logger.js';
import { collectBothEnds, readyPlan } from '../test/executor/collected-estate.js';
import { labTarget } from '../test/executor/lab-connections.js';
import { makeNamespace, untilState } from '../test/executor/migration-lab.js';
import { openStage, type Stage } from '../test/executor/stage.js';
import { startKubernetes } from '../test/lab/kubernetes.js';
import { tell } from './figures.js';

const machines = Number(process.argv[2] ?? 200);
const timeoutMs = 60 * 60_000;
const logger = createLogger('error');

const size = `${machines} VMs`;
const aMinute = (count: number, milliseconds: number): number => (count * 60_000) / milliseconds;
/** What is promised for 200 machines. */
const creationAtMost = machines === 200 ? { atMost: 5 } : {};

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const begun = performance.now();
  const result = await work();
  return [result, performance.now() - begun];
}

async function sourceCalls({ vcsim }: Stage): Promise<number> {
  const { calls } = await vcsim.admin.counts();
  return Object.values(calls).reduce((sum, count) => sum + count, 0);
}

async function migrate(stage: Stage, planId: string): Promise<void> {
  const { graph, connections, cluster, redisUrl, signal } = stage;
  const before = { cluster: cluster.sentCalls, source: await sourceCalls(stage) };
  const worker = await startWorker({
    graph,
    redisUrl,
    connections,
    logger,
    events: { publish: () => undefined },
    // All hosts of the simulator are one machine; the pauses are those of production.
    config: { concurrency: 50, limits: { host: 50, datastore: 50, targetCluster: 50 } },
  });
  const [state, milliseconds] = await timed(async () => {
    const plan = await readPlanForRun(graph, planId, connections, signal);
    const migration = await startMigration(graph, plan, { name: 'bench' });
    worker.wake();
    const end = await untilState(graph, migration, ['completed', 'failed'], timeoutMs);
    return `${end} ${JSON.stringify((await migrationProgress(graph, migration))?.machines)}`;
  });
  await worker.close();
  console.log(`${size}: ended as ${state}`);
  const steps = stepNames.indexOf('clean-up') + 1;
  const value = aMinute(machines, milliseconds);
  tell({ name: `${size}: migrated, ${steps} steps at most`, value, unit: 'a minute' });
  const clusterCalls = (cluster.sentCalls - before.cluster) / machines;
  const callsOfSource = ((await sourceCalls(stage)) - before.source) / machines;
  tell({ name: `${size}: calls of the cluster a machine`, value: clusterCalls, unit: '' });
  tell({ name: `${size}: calls of the source a machine`, value: callsOfSource, unit: '' });
}

/** A plan as a person makes it, checked once, and dropped again. */
async function planOnce(stage: Stage, search: string, namespace: string): Promise<void> {
  const { graph, cluster } = stage;
  const by = 'bench';
  const request = { name: 'timed', search: parseSearch(search), target: labTarget, namespace };
  const [{ id }, creating] = await timed(() =>
    createPlanFromSearch(graph, { ...request, options: {} }, by),
  );
  tell({
    name: `${size}: a search becomes a plan`,
    value: creating / 1_000,
    unit: 's',
    ...creationAtMost,
  });
  const [, checking] = await timed(() => validatePlan(graph, id, { cluster, by }));
  tell({
    name: `${size}: checked, a dry run by KubeVirt's admission each`,
    value: checking / 1_000,
    unit: 's',
  });
  await deletePlan(graph, id);
}

const dataDir = await mkdtemp(join(tmpdir(), 'opal-bench-'));
const neo4j = await startEmbeddedNeo4j({ dataDir, logger, heap: '768m', shortLived: true });
const redis = await startEmbeddedRedis({ dataDir, logger });
const kubernetes = await startKubernetes();
const stage = await openStage({
  neo4j: { uri: neo4j.uri, user: neo4j.user, password: neo4j.password },
  redisUrl: redis.url,
  kubeconfigPath: kubernetes.kubeconfig,
  machines,
});
try {
  await stage.startAgents();
  const namespace = await makeNamespace(stage.cluster, 'bench');
  await collectBothEnds(stage);
  const search = "vms where source = 'vcsim'";
  await planOnce(stage, search, namespace);
  const { id } = await readyPlan(stage, { search, namespace });
  await migrate(stage, id);
} finally {
  await stage.close();
  await kubernetes.stop();
  await redis.stop();
  await neo4j.stop();
  await rm(dataDir, { recursive: true, force: true });
}
