import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ExecutorOptions } from '../../src/executor/configuration.js';
import { cancelMigration, retryMigration, type WorkOrder } from '../../src/executor/index.js';
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

/** Images of the stand-in for virt-v2v; see test/lab/stages. */
const converts = 'lab.opal/virt-v2v-stand-in:converts';
const fails = 'lab.opal/virt-v2v-stand-in:fails';

let stage: Stage;
let worker: LabWorker | undefined;

beforeAll(async () => {
  stage = await realStage(5);
});

afterEach(async () => {
  await worker?.close();
  worker = undefined;
});

afterAll(async () => {
  await stage.close();
});

const queue = `test-${randomUUID()}`;

async function work(conversionImage: string, options: ExecutorOptions = {}): Promise<LabWorker> {
  await worker?.close();
  worker = await labWorker(stage.graph, stage.redisUrl, stage.connections, {
    ...quickConfiguration(queue),
    ...options,
    conversionImage,
  });
  return worker;
}

const copyingOrder = (): Promise<WorkOrder> =>
  stage.order({ copy: 'virt-v2v', convertGuest: true });

async function failedRun() {
  const order = await copyingOrder();
  const migration = await startRun(stage.graph, [order]);
  (await work(fails)).wake();
  expect(await untilState(stage.graph, migration, ['completed', 'failed'])).toBe('failed');
  return { order, migration, machine: await onlyMachine(stage.graph, migration) };
}

describe('a copy by virt-v2v', { timeout: 180_000 }, () => {
  it('fills empty volumes from the source by one Job, then starts the target', async () => {
    const order = await copyingOrder();
    const migration = await startRun(stage.graph, [order]);
    const seen: unknown[] = [];
    const watching = stage.cluster.watch(resources.job, {
      namespace: order.namespace,
      signal: stage.signal,
    });
    const following = (async () => {
      for await (const change of watching) {
        if (change.type !== 'changed') continue;
        seen.push(change.object.spec);
        return;
      }
    })();
    (await work(converts)).wake();
    await following;
    expect(await untilState(stage.graph, migration, ['completed', 'failed'])).toBe('completed');
    const volumes = await listed(stage.cluster, resources.dataVolume, order.namespace);
    expect(volumes).toHaveLength(order.disks.length);
    for (const { spec } of volumes) expect(spec).toMatchObject({ source: { blank: {} } });
    expect(JSON.stringify(seen)).toMatch(/"V2V_libvirtURL","value":"vpx:/u);
    const claims = order.disks.map((disk) => disk.dataVolume.metadata.name);
    for (const claim of claims) expect(JSON.stringify(seen)).toContain(`"claimName":"${claim}"`);
    expect(JSON.stringify(seen)).not.toContain(stage.vcsim.password);
    const { namespace, targetName: name } = order;
    const target = await stage.cluster.get(resources.virtualMachine, { namespace, name });
    expect(target?.spec).toMatchObject({ runStrategy: 'Always' });
  });

  it('fails with the end of the log, and the source stays off', async () => {
    const { order, machine } = await failedRun();
    expect(machine).toMatchObject({
      step: 'convert-guest',
      error: {
        code: 'migration.conversion.failed',
        subject: order.source.name,
        why: expect.stringContaining('virt-v2v: error: inspection could not detect') as string,
        remedy: expect.stringContaining(`kubectl -n ${order.namespace} logs job/`) as string,
      },
    });
    expect(await stage.source.powerState(order.source.externalId, stage.signal)).toBe('poweredOff');
  });

  it('runs a Job of its own when it is retried', async () => {
    const { migration } = await failedRun();
    (await work(converts)).wake();
    await retryMigration(stage.graph, migration);
    worker?.wake();
    expect(await untilState(stage.graph, migration, ['completed', 'failed'])).toBe('completed');
    const { id } = await onlyMachine(stage.graph, migration);
    const jobs = (await doneOutside(stage.graph, id)).filter((effect) =>
      effect.startsWith('create Job'),
    );
    expect(jobs).toHaveLength(2);
    expect(new Set(jobs).size).toBe(2);
  });

  it('is rolled back with its Job stopped and its volumes gone', async () => {
    const order = await copyingOrder();
    const migration = await startRun(stage.graph, [order]);
    (await work('lab.opal/virt-v2v-stand-in:slow')).wake();
    await untilConverting(migration);
    await cancelMigration(stage.graph, migration);
    worker?.wake();
    expect(await untilState(stage.graph, migration, ['cancelled', 'failed'])).toBe('cancelled');
    for (const resource of [resources.job, resources.dataVolume, resources.secret]) {
      expect(namesOf(await listed(stage.cluster, resource, order.namespace))).toEqual([]);
    }
    expect(await stage.source.powerState(order.source.externalId, stage.signal)).toBe('poweredOn');
  });

  it('gives up with the scheduler’s words, and is rolled back once its claims are gone', async () => {
    const order = await stage.order({
      copy: 'virt-v2v',
      convertGuest: true,
      importOutcome: 'unbound',
    });
    const migration = await startRun(stage.graph, [order]);
    const quick = { podStartTimeoutMs: 4_000, removalTimeoutMs: 1_000 };
    (await work(converts, quick)).wake();
    const words = /pod has unbound immediate PersistentVolumeClaims/u;
    await expect
      .poll(async () => outcomeOf(migration, 'convert-guest'), { timeout: 60_000 })
      .toMatch(words);
    expect(await untilState(stage.graph, migration, ['completed', 'failed'])).toBe('failed');
    expect((await onlyMachine(stage.graph, migration)).error).toMatchObject({
      code: 'migration.conversion.not-started',
      why: expect.stringMatching(words) as string,
    });
    expect(namesOf(await listed(stage.cluster, resources.job, order.namespace))).toEqual([]);

    const claim = {
      namespace: order.namespace,
      name: order.disks[0]?.dataVolume.metadata.name ?? '',
    };
    const held = (finalizers: readonly string[]) =>
      stage.cluster.patch(resources.persistentVolumeClaim, claim, { metadata: { finalizers } });
    await held(['lab.opal/hold']);
    await cancelMigration(stage.graph, migration);
    worker?.wake();
    expect(await untilState(stage.graph, migration, ['cancelled', 'failed'])).toBe('failed');
    expect((await onlyMachine(stage.graph, migration)).error).toMatchObject({
      code: 'migration.rollback.disks-held',
      why: expect.stringContaining('lab.opal/hold') as string,
    });
    await held([]);
    await cancelMigration(stage.graph, migration);
    worker?.wake();
    expect(await untilState(stage.graph, migration, ['cancelled', 'failed'])).toBe('cancelled');
    expect(await stage.source.powerState(order.source.externalId, stage.signal)).toBe('poweredOn');
  });
});

async function outcomeOf(migration: string, step: string): Promise<string> {
  const { steps } = await onlyMachine(stage.graph, migration);
  return steps.find(({ name }) => name === step)?.outcome ?? '';
}

async function untilConverting(migration: string): Promise<void> {
  await expect
    .poll(async () => (await onlyMachine(stage.graph, migration)).step, { timeout: 60_000 })
    .toBe('convert-guest');
}
