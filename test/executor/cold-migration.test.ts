import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cancelMigration,
  migrationProgress,
  pauseMigration,
  resumeMigration,
  retryMigration,
  type WorkOrder,
} from '../../src/executor/index.js';
import { resources } from '../../src/kubernetes/index.js';
import {
  doneOutside,
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

beforeAll(async () => {
  stage = await realStage(18);
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

const hook = { image: 'registry.example/hook:1' };

async function run(order: WorkOrder): Promise<string> {
  const migration = await startRun(stage.graph, [order]);
  worker.wake();
  return migration;
}

async function runTo(order: WorkOrder, state: string) {
  const migration = await run(order);
  expect(await untilState(stage.graph, migration, ['completed', 'failed', 'cancelled'])).toBe(
    state,
  );
  return { migration, machine: await onlyMachine(stage.graph, migration) };
}

async function outcomeOf(migration: string, step: string): Promise<string> {
  const { steps } = await onlyMachine(stage.graph, migration);
  return steps.find(({ name }) => name === step)?.outcome ?? '';
}

/** The order with importers that succeed. */
const withoutOutcome = (order: WorkOrder): WorkOrder => ({
  ...order,
  disks: order.disks.map((disk) => {
    const metadata = { ...disk.dataVolume.metadata, annotations: {} };
    return { ...disk, dataVolume: { ...disk.dataVolume, metadata } };
  }),
});

describe('a cold migration', { timeout: 180_000 }, () => {
  it('turns the source off, fills the volumes and starts the target', async () => {
    const order = await stage.order();
    const { machine } = await runTo(order, 'completed');
    const { namespace, targetName, source } = order;
    const target = await stage.cluster.get(resources.virtualMachine, {
      namespace,
      name: targetName,
    });
    expect(target?.spec).toMatchObject({ runStrategy: 'Always' });
    expect(target?.metadata.ownerReferences).toBeUndefined();
    expect(await stage.source.powerState(source.externalId, stage.signal)).toBe('poweredOff');
    expect(namesOf(await listed(stage.cluster, resources.dataVolume, namespace))).toEqual(
      order.disks.map((disk) => disk.dataVolume.metadata.name).sort(),
    );
    expect(machine.steps.every((step) => step.state === 'done')).toBe(true);
    expect(machine.copiedBytes).toBe(machine.totalBytes);
  });

  it('leaves no credentials and no helper objects in the cluster', async () => {
    const order = await stage.order();
    await runTo(order, 'completed');
    for (const resource of [resources.secret, resources.job]) {
      expect(namesOf(await listed(stage.cluster, resource, order.namespace))).toEqual([]);
    }
  });

  it('does not start a target whose source was off', async () => {
    const order = await stage.order();
    await stage.source.powerOff(order.source.externalId, stage.signal);
    await runTo(order, 'completed');
    const { namespace, targetName: name } = order;
    const target = await stage.cluster.get(resources.virtualMachine, { namespace, name });
    expect(target?.spec).toMatchObject({ runStrategy: 'Halted' });
  });

  it('runs the hooks before and after', async () => {
    const order = await stage.order({
      preHook: hook,
      postHook: { ...hook, playbook: '- hosts: all' },
    });
    const { machine } = await runTo(order, 'completed');
    const done = await doneOutside(stage.graph, machine.id);
    const created = done.filter((effect) => effect.startsWith('create Job'));
    expect(created).toHaveLength(2);
    expect(done.indexOf(created[0] ?? '')).toBeLessThan(
      done.findIndex((effect) => effect.startsWith('shutdown-guest')),
    );
  });

  it('says that a hook has not started, and why', async () => {
    const order = await stage.order({ preHook: hook });
    const { namespace } = order;
    await stage.cluster.apply(resources.resourceQuota, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'no-pods', namespace },
      spec: { hard: { pods: '0' } },
    });
    const migration = await run(order);
    await expect
      .poll(async () => outcomeOf(migration, 'pre-hook'), { timeout: 30_000 })
      .toBe('the pre-hook has not started (it has no Pod yet)');
    await cancelMigration(stage.graph, migration);
    worker.wake();
    expect(await untilState(stage.graph, migration, ['cancelled', 'failed'])).toBe('cancelled');
  });

  it('converts the guest with the volumes mounted', async () => {
    const { machine } = await runTo(await stage.order({ convertGuest: true }), 'completed');
    expect(machine.steps.find(({ name }) => name === 'convert-guest')?.outcome).toBe(
      'the guest is converted',
    );
  });

  it('stops at a target name that belongs to somebody else', async () => {
    const order = await stage.order();
    const { namespace, targetName: name } = order;
    await stage.cluster.create(resources.virtualMachine, {
      ...order.virtualMachine,
      metadata: { name, namespace },
      spec: { ...(order.virtualMachine.spec as object), runStrategy: 'Halted' },
    });
    const { machine } = await runTo(order, 'failed');
    expect(machine.error).toMatchObject({ code: 'migration.object.foreign' });
    expect(machine.error?.remedy).toContain(`kubectl get -n ${namespace}`);
    expect(await stage.source.powerState(order.source.externalId, stage.signal)).toBe('poweredOn');
  });

  it('fails clearly where the guest agent does not run, and goes on once retried', async () => {
    const order = await stage.order({ toolsRunning: false });
    const { migration, machine } = await runTo(order, 'failed');
    expect(machine.error).toMatchObject({ code: 'migration.power-off.agent-missing' });
    await stage.source.powerOff(order.source.externalId, stage.signal);
    await retryMigration(stage.graph, migration);
    worker.wake();
    expect(await untilState(stage.graph, migration, ['completed', 'failed'])).toBe('completed');
  });

  it('explains a failed importer and names the command that shows more', async () => {
    const { machine } = await runTo(await stage.order({ importOutcome: 'failed' }), 'failed');
    expect(machine.step).toBe('copy-disks');
    expect(machine.error?.remedy).toMatch(/kubectl describe -n .* datavolumes/u);
  });
});

describe('calling a migration off', { timeout: 180_000 }, () => {
  it('removes what it made and starts the source again, and the plan can run anew', async () => {
    const order = await stage.order({ importOutcome: 'failed' });
    const { migration } = await runTo(order, 'failed');
    await cancelMigration(stage.graph, migration);
    worker.wake();
    expect(await untilState(stage.graph, migration, ['cancelled'])).toBe('cancelled');
    const { namespace, source } = order;
    const { dataVolume, persistentVolumeClaim, secret, virtualMachine } = resources;
    for (const resource of [dataVolume, persistentVolumeClaim, secret, virtualMachine]) {
      expect(namesOf(await listed(stage.cluster, resource, namespace))).toEqual([]);
    }
    expect(await stage.source.powerState(source.externalId, stage.signal)).toBe('poweredOn');
    await runTo(withoutOutcome(order), 'completed');
  });

  it('is followed by a run that waits for a claim on its way out, and says what holds it', async () => {
    const order = await stage.order();
    const { namespace } = order;
    const name = order.disks[0]?.dataVolume.metadata.name ?? '';
    const { persistentVolumeClaim } = resources;
    const { metadata } = await stage.cluster.create(persistentVolumeClaim, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    });
    const held = (finalizers: readonly string[]) =>
      stage.cluster.patch(persistentVolumeClaim, { namespace, name }, { metadata: { finalizers } });
    await held(['lab.opal/hold']);
    await stage.cluster.remove(persistentVolumeClaim, {
      namespace,
      name,
      uid: metadata.uid ?? '',
    });
    const migration = await run(order);
    await expect
      .poll(async () => outcomeOf(migration, 'checks'), { timeout: 30_000 })
      .toContain(`${namespace}/${name} (held by lab.opal/hold)`);
    await held([]);
    expect(await untilState(stage.graph, migration, ['completed', 'failed'])).toBe('completed');
  });

  it('keeps the disks where they are to be kept', async () => {
    const order = await stage.order({ importOutcome: 'failed' });
    const { migration } = await runTo(order, 'failed');
    await cancelMigration(stage.graph, migration, { keepDisks: true });
    worker.wake();
    await untilState(stage.graph, migration, ['cancelled']);
    expect(await listed(stage.cluster, resources.dataVolume, order.namespace)).toHaveLength(
      order.disks.length,
    );
  });

  it('leaves a machine alone that has not begun', async () => {
    const order = await stage.order();
    const migration = await startRun(stage.graph, [order]);
    await cancelMigration(stage.graph, migration);
    expect((await migrationProgress(stage.graph, migration))?.state).toBe('cancelled');
    expect(await stage.source.powerState(order.source.externalId, stage.signal)).toBe('poweredOn');
  });
});

describe('a paused run', { timeout: 180_000 }, () => {
  it('goes no further until it is resumed', async () => {
    const order = await stage.order();
    const migration = await startRun(stage.graph, [order]);
    await pauseMigration(stage.graph, migration);
    worker.wake();
    expect((await onlyMachine(stage.graph, migration)).state).toBe('pending');
    await resumeMigration(stage.graph, migration);
    worker.wake();
    expect(await untilState(stage.graph, migration, ['completed', 'failed'])).toBe('completed');
  });
});

describe('starting a run', () => {
  it('refuses a machine that is under way in another one', async () => {
    const order = await stage.order();
    const first = await startRun(stage.graph, [order]);
    await expect(startRun(stage.graph, [order])).rejects.toThrow(/under way in a run already/u);
    await cancelMigration(stage.graph, first);
  });

  it('refuses a plan with blockers', async () => {
    const order = await stage.order();
    await expect(stage.startBlocked(order)).rejects.toThrow(/1 finding blocks it/u);
  });
});
