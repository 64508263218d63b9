import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machineProgress } from '../../src/executor/index.js';
import { startEmbeddedNeo4j, type EmbeddedNeo4j } from '../../src/server/embedded/neo4j.js';
import { startEmbeddedRedis, type EmbeddedRedis } from '../../src/server/embedded/redis.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { untilState } from '../executor/migration-lab.js';
import { openStage, type Stage } from '../executor/stage.js';
import { realCluster } from '../kubernetes/real-cluster.js';
import { brokenAfterCompletion } from './invariants.js';
import { beginRun, fullOrders, mortalWorker, observePower, type KillRun } from './kill-lab.js';

/** Servers of this file's own, since it kills them; the supervisor starts them again. */
let folder: string;
let neo4j: EmbeddedNeo4j;
let redis: EmbeddedRedis;
let stage: Stage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opal-outage-'));
  const logger = createLogger('silent');
  neo4j = await startEmbeddedNeo4j({ dataDir: folder, logger, heap: '512m' });
  redis = await startEmbeddedRedis({ dataDir: folder, logger });
  const { kubeconfigPath } = await realCluster();
  const { uri, user, password } = neo4j;
  stage = await openStage({
    neo4j: { uri, user, password },
    redisUrl: redis.url,
    kubeconfigPath,
    machines: 4,
  });
});

afterAll(async () => {
  await stage.close();
  await redis.stop();
  await neo4j.stop();
  await rm(folder, { recursive: true, force: true });
});

function killed(pid: number | undefined): void {
  if (pid === undefined) throw new Error('the server has no process');
  process.kill(pid, 'SIGKILL');
}

async function untilUnderWay({ graph, migration }: KillRun): Promise<void> {
  for (;;) {
    const machines = await machineProgress(graph, migration);
    if (machines.every(({ step }) => step !== undefined)) return;
    await sleep(50);
  }
}

/** Runs two machines, lets the outage happen while they are under way, and waits for the end. */
async function throughOutage(outage: () => void): Promise<void> {
  const run = await beginRun(stage, await fullOrders(stage, 2));
  const worker = await mortalWorker(stage, {});
  const observer = observePower(stage, run);
  try {
    await untilUnderWay(run);
    outage();
    const end = untilState(run.graph, run.migration, ['completed', 'failed'], 280_000);
    expect(await end).toBe('completed');
  } finally {
    await worker.stop();
    await observer.stop();
  }
  expect(worker.failure).toBeUndefined();
  expect(await brokenAfterCompletion(run)).toEqual([]);
  expect(observer.violations).toEqual([]);
}

/** Servers that start again take minutes on a busy machine: only in the lane of its own. */
const inItsLane = process.env.OPAL_KILL_MATRIX === 'all';

describe.runIf(inItsLane)('an outage while machines are under way', { timeout: 400_000 }, () => {
  it('of Redis is waited out, whatever it lost', async () => {
    await throughOutage(() => {
      killed(redis.pid());
    });
  });

  it('of Neo4j is waited out', async () => {
    await throughOutage(() => {
      killed(neo4j.pid());
    });
  });
});
