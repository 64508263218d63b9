import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationProgress, readPlanForRun, startMigration } from '../../src/executor/index.js';
import { resources } from '../../src/kubernetes/index.js';
import { findPlan } from '../../src/planner/index.js';
import { collectBothEnds, readyPlan } from './collected-estate.js';
import {
  labWorker,
  listed,
  makeNamespace,
  quickConfiguration,
  untilState,
  type LabWorker,
} from './migration-lab.js';
import { realStage } from './real-stage.js';
import type { Stage } from './stage.js';

let stage: Stage;
let worker: LabWorker;
let namespace: string;

beforeAll(async () => {
  stage = await realStage(6);
  await stage.startAgents();
  namespace = await makeNamespace(stage.cluster, 'planned');
  await collectBothEnds(stage);
  worker = await labWorker(
    stage.graph,
    stage.redisUrl,
    stage.connections,
    quickConfiguration(`test-${randomUUID()}`),
  );
});

afterAll(async () => {
  await worker.close();
  await stage.close();
});

describe('a plan made from a search', { timeout: 300_000 }, () => {
  it('becomes target machines, and knows that it did', async () => {
    const { id, machineCount } = await readyPlan(stage, {
      search: "vms where source = 'vcsim'",
      namespace,
    });
    const plan = await readPlanForRun(stage.graph, id, stage.connections, stage.signal);
    expect(plan.blockers).toEqual([]);
    const migration = await startMigration(stage.graph, plan, { name: 'tester' });
    expect((await findPlan(stage.graph, id)).state).toBe('running');
    worker.wake();
    expect(await untilState(stage.graph, migration, ['completed', 'failed'], 280_000)).toBe(
      'completed',
    );
    expect((await findPlan(stage.graph, id)).state).toBe('completed');
    expect((await migrationProgress(stage.graph, migration))?.machines).toEqual({
      completed: machineCount,
    });
    const targets = await listed(stage.cluster, resources.virtualMachine, namespace);
    expect(targets).toHaveLength(machineCount);
    expect(await stage.poweredOn()).toEqual(new Set());
    const again = await readPlanForRun(stage.graph, id, stage.connections, stage.signal);
    await expect(startMigration(stage.graph, again, { name: 'tester' })).rejects.toThrow(
      /all of its machines are migrated/u,
    );
  });
});
