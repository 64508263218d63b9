/**
 * Planning and migrating machines of the vCenter simulator into a real API server with KubeVirt's
 * own admission and controller:
 *
 *     node --import ./bench/register-typescript.mjs bench/migrating.ts [machines]
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
import { startEmbeddedNeo4j } from '../src/server/embedded/neo4j.js';
import { startEmbeddedRedis } from '../src/server/embedded/redis.js';
import { createLogger } from '../src/telemetry/logger.js';
import { collectBothEnds, readyPlan } from '../test/executor/collected-estate.js';
import { makeNamespace, untilState } from '../test/executor/migration-lab.js';
import { openStage, type Stage } from '../test/executor/stage.js';
import { startKubernetes } from '../test/lab/kubernetes.js';

const machines = Number(process.argv[2] ?? 200);
const timeoutMs = 60 * 60_000;
const logger = createLogger('error');

function print(what: string, figure: string): void {
  console.log(`${what.padEnd(44)} ${figure}`);
}

const aMinute = (count: number, milliseconds: number): string =>
  `${((count * 60_000) / milliseconds).toFixed(0)} a minute (${(milliseconds / 1000).toFixed(1)} s)`;

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
  print(
    `migrated, ${String(stepNames.indexOf('clean-up') + 1)} steps at most`,
    aMinute(machines, milliseconds),
  );
  print('ended as', state);
  const clusterCalls = (cluster.sentCalls - before.cluster) / machines;
  const callsOfSource = ((await sourceCalls(stage)) - before.source) / machines;
  print('calls of the cluster a machine', clusterCalls.toFixed(1));
  print('calls of the source a machine', callsOfSource.toFixed(1));
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
  const [plan, planning] = await timed(() =>
    readyPlan(stage, { search: "vms where source = 'vcsim'", namespace }),
  );
  print('planned, validated and admitted', aMinute(plan.machineCount, planning));
  await migrate(stage, plan.id);
} finally {
  await stage.close();
  await kubernetes.stop();
  await redis.stop();
  await neo4j.stop();
  await rm(dataDir, { recursive: true, force: true });
}
