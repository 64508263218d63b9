import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { retryMigration, type WorkOrder } from '../../src/executor/index.js';
import { resources } from '../../src/kubernetes/index.js';
import {
  labWorker,
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

beforeAll(async () => {
  stage = await realStage(4);
  worker = await labWorker(stage.graph, stage.redisUrl, stage.connections, {
    ...quickConfiguration(`test-${randomUUID()}`),
    // Volumes are bound some seconds after the Pod is there; until then the scheduler says that.
    startTimeoutMs: 30_000,
  });
});

afterAll(async () => {
  await worker.close();
  await stage.close();
});

/** The order with a node selector and an amount of memory for its target. */
function asking(
  order: WorkOrder,
  { memory = '64Mi', nodeSelector }: { memory?: string; nodeSelector?: Record<string, string> },
): WorkOrder {
  const machine = structuredClone(order.virtualMachine) as unknown as {
    spec: { template: { spec: { domain: { memory: object }; nodeSelector?: object } } };
  };
  machine.spec.template.spec.domain.memory = { guest: memory };
  if (nodeSelector !== undefined) machine.spec.template.spec.nodeSelector = nodeSelector;
  return { ...order, virtualMachine: machine as unknown as WorkOrder['virtualMachine'] };
}

const phaseOf = async ({ namespace, targetName: name }: WorkOrder): Promise<unknown> => {
  const instance = await stage.cluster.get(resources.virtualMachineInstance, { namespace, name });
  return (instance?.status as { phase?: string } | undefined)?.phase;
};

async function failedRun(order: WorkOrder) {
  const migration = await startRun(stage.graph, [order]);
  worker.wake();
  expect(await untilState(stage.graph, migration, ['completed', 'failed'])).toBe('failed');
  return { migration, machine: await onlyMachine(stage.graph, migration) };
}

describe('the start of a target', { timeout: 180_000 }, () => {
  it('is done only once the guest runs', async () => {
    const order = await stage.order();
    const migration = await startRun(stage.graph, [order]);
    worker.wake();
    expect(await untilState(stage.graph, migration, ['completed', 'failed'])).toBe('completed');
    expect(await phaseOf(order)).toBe('Running');
  });

  it('fails with what the scheduler says where no node has the memory', async () => {
    const order = asking(await stage.order(), { memory: '4Ti' });
    const { machine } = await failedRun(order);
    expect(machine).toMatchObject({
      step: 'start-target',
      error: {
        code: 'migration.start.unschedulable',
        what: 'The target machine was created but does not run',
        why: expect.stringMatching(/0\/3 nodes are available.*Insufficient memory/u) as string,
        remedy: expect.stringContaining(`kubectl -n ${order.namespace} describe pods`) as string,
      },
    });
  });

  it('goes on from there once a node fits, without copying again', async () => {
    const {
      namespace,
      targetName: name,
      ...order
    } = asking(await stage.order(), {
      nodeSelector: { rack: 'not-there-yet' },
    });
    const { migration, machine } = await failedRun({ ...order, namespace, targetName: name });
    expect(machine.error?.why).toContain("didn't match Pod's node affinity/selector");
    const target = await stage.cluster.get(resources.virtualMachine, { namespace, name });
    await stage.cluster.patch(
      resources.node,
      { name: 'worker-a' },
      { metadata: { labels: { rack: 'not-there-yet' } } },
    );
    await retryMigration(stage.graph, migration);
    worker.wake();
    expect(await untilState(stage.graph, migration, ['completed', 'failed'])).toBe('completed');
    const after = await onlyMachine(stage.graph, migration);
    expect(after.steps.find(({ name: step }) => step === 'copy-disks')?.attempts).toBe(
      machine.steps.find(({ name: step }) => step === 'copy-disks')?.attempts,
    );
    const same = await stage.cluster.get(resources.virtualMachine, { namespace, name });
    expect(same?.metadata.uid).toBe(target?.metadata.uid);
  });
});
