import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationProgress } from '../../src/executor/index.js';
import { lanesInUse } from '../../src/executor/queries/admission.js';
import { labWorker, quickConfiguration, startRun, type LabWorker } from './migration-lab.js';
import { realStage } from './real-stage.js';
import type { Stage } from './stage.js';

const machines = 5;
const atOnce = 2;

let stage: Stage;
const workers: LabWorker[] = [];

beforeAll(async () => {
  stage = await realStage(machines * 2);
  const { graph, redisUrl, connections } = stage;
  const config = { ...quickConfiguration(`test-${randomUUID()}`), limits: { host: atOnce } };
  for (let count = 0; count < 2; count += 1) {
    workers.push(await labWorker(graph, redisUrl, connections, config));
  }
});

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await stage.close();
});

describe('a limit of machines of one host', () => {
  it('holds over all workers, and is used to the full', { timeout: 180_000 }, async () => {
    const { graph } = stage;
    const first = await stage.order();
    const { plan, namespace } = first;
    const orders = [first];
    while (orders.length < machines) orders.push(await stage.order({ plan, namespace }));
    const migration = await startRun(graph, orders);
    for (const worker of workers) worker.wake();
    let most = 0;
    let state: string | undefined;
    while (state !== 'completed') {
      state = (await migrationProgress(graph, migration))?.state;
      expect(state).not.toBe('failed');
      const lanes = await graph.read(lanesInUse, {});
      const held = lanes.find(({ lane }) => lane.startsWith('host:'))?.held ?? 0;
      most = Math.max(most, held);
      await sleep(50);
    }
    expect(most).toBe(atOnce);
  });
});
