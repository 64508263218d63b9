import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelMigration } from '../../src/executor/index.js';
import { resources } from '../../src/kubernetes/index.js';
import { connectionsLosingAnswers } from './lost-answers.js';
import {
  labWorker,
  listed,
  namesOf,
  onlyMachine,
  quickConfiguration,
  startRun,
  untilState,
  type LabWorker,
} from './migration-lab.js';
import { realStage } from './real-stage.js';
import type { Stage } from './stage.js';

let stage: Stage;
let worker: LabWorker;
let lost: readonly string[];

beforeAll(async () => {
  stage = await realStage(3);
  const connections = connectionsLosingAnswers(stage.connections);
  ({ lost } = connections);
  worker = await labWorker(
    stage.graph,
    stage.redisUrl,
    connections,
    quickConfiguration(`test-${randomUUID()}`),
  );
});

afterAll(async () => {
  await worker.close();
  await stage.close();
});

const hook = { image: 'registry.example/hook:1' };

describe('calls that take effect and are reported as failed', { timeout: 180_000 }, () => {
  it('make nothing twice in the cluster', async () => {
    const order = await stage.order({ preHook: hook, convertGuest: true });
    const migration = await startRun(stage.graph, [order]);
    worker.wake();
    expect(await untilState(stage.graph, migration, ['completed', 'failed'])).toBe('completed');
    const { namespace } = order;
    expect(lost.length).toBeGreaterThan(8);
    expect(namesOf(await listed(stage.cluster, resources.virtualMachine, namespace))).toEqual([
      order.targetName,
    ]);
    expect(await listed(stage.cluster, resources.dataVolume, namespace)).toHaveLength(
      order.disks.length,
    );
    for (const resource of [resources.secret, resources.job]) {
      expect(namesOf(await listed(stage.cluster, resource, namespace))).toEqual([]);
    }
  });

  it('ask a source once more and do no harm', async () => {
    const order = await stage.order();
    await stage.vcsim.admin.inject({
      method: 'ShutdownGuest',
      action: 'executeThenDrop',
      count: 1,
    });
    const migration = await startRun(stage.graph, [order]);
    worker.wake();
    expect(await untilState(stage.graph, migration, ['completed', 'failed'])).toBe('completed');
    const { steps } = await onlyMachine(stage.graph, migration);
    expect(steps.find(({ name }) => name === 'power-off-source')?.attempts).toBeGreaterThan(0);
  });

  it('leave the source on after a rollback', async () => {
    const order = await stage.order({ importOutcome: 'failed' });
    const migration = await startRun(stage.graph, [order]);
    worker.wake();
    await untilState(stage.graph, migration, ['failed']);
    await stage.vcsim.admin.inject({
      method: 'PowerOnVM_Task',
      action: 'executeThenDrop',
      count: 1,
    });
    await cancelMigration(stage.graph, migration);
    worker.wake();
    expect(await untilState(stage.graph, migration, ['cancelled'])).toBe('cancelled');
    const { externalId } = order.source;
    expect(await stage.source.powerState(externalId, stage.signal)).toBe('poweredOn');
    expect(await listed(stage.cluster, resources.dataVolume, order.namespace)).toEqual([]);
  });
});
