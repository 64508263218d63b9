import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelMigration, FenceLostError, machineEffects } from '../../src/executor/index.js';
import { admit } from '../../src/executor/admission.js';
import { executorConfigurationSchema } from '../../src/executor/configuration.js';
import { lockGate } from '../../src/executor/queries/admission.js';
import { GraphTimeoutError, type Graph } from '../../src/graph/index.js';
import { realNeo4j, wipeGraph } from '../real/neo4j.js';
import { admittedMachine } from './admitted-machine.js';
import { claimedFence } from './claimed-fence.js';
import { preparedGraph } from './migration-lab.js';
import { workOrderOf } from './work-order-of.js';

let graph: Graph;

beforeAll(async () => {
  graph = await preparedGraph(await realNeo4j());
  await wipeGraph();
});

afterAll(async () => {
  await graph.close();
});

/** A machine under way, and its migration. */
async function machineUnderWay(): Promise<{ migration: string; machine: string }> {
  const order = workOrderOf(
    {
      name: 'web',
      powerState: 'poweredOn',
      connected: true,
      template: false,
      guestAgentRunning: true,
      disks: [],
    },
    {
      plan: randomUUID(),
      sourceId: 'source',
      targetId: 'target',
      namespace: 'n',
      externalId: randomUUID(),
      sourceUrl: 'https://source.example/sdk',
    },
  );
  return admittedMachine(graph, order);
}

describe('the admission', () => {
  it('is held up by a worker that hangs in it no longer than its time limit', async () => {
    let entered = (): void => undefined;
    const inside = new Promise<void>((resolve) => (entered = resolve));
    const hanging = graph.within(1_000).transaction(async (tx) => {
      await tx.run(lockGate, { now: new Date().toISOString() });
      entered();
      await sleep(8_000);
      await tx.run(lockGate, { now: new Date().toISOString() });
    });
    const failed = expect(hanging).rejects.toThrow(GraphTimeoutError);
    await inside;
    const { limits } = executorConfigurationSchema.parse({});
    const first = await Promise.race([
      admit(graph, limits).then(() => 'admitted'),
      hanging.catch(() => 'hanging'),
    ]);
    expect(first).toBe('admitted');
    await failed;
  });
});

const effect = { verb: 'power-off', target: 'source/vm-1' };

describe('a fence', () => {
  it('lets the holder act, and records intent and outcome', async () => {
    const { machine } = await machineUnderWay();
    const fence = await claimedFence(graph, machine);
    await expect(fence.act(effect, () => Promise.resolve('off'))).resolves.toBe('off');
    expect(await machineEffects(graph, machine)).toMatchObject([
      { ...effect, outcome: 'done', epoch: fence.epoch },
    ]);
  });

  it('keeps a worker from acting once another has taken the machine over', async () => {
    const { machine } = await machineUnderWay();
    const stale = await claimedFence(graph, machine);
    await claimedFence(graph, machine);
    let acted = false;
    const act = stale.act(effect, () => {
      acted = true;
      return Promise.resolve();
    });
    await expect(act).rejects.toThrow(FenceLostError);
    expect(acted).toBe(false);
    expect(await machineEffects(graph, machine)).toEqual([]);
  });

  it('keeps a worker from acting once the machine is called off', async () => {
    const { machine, migration } = await machineUnderWay();
    const fence = await claimedFence(graph, machine);
    await cancelMigration(graph, migration);
    await expect(fence.act(effect, () => Promise.resolve())).rejects.toThrow(FenceLostError);
  });

  it('records that no success was reported where the call failed', async () => {
    const { machine } = await machineUnderWay();
    const fence = await claimedFence(graph, machine);
    await expect(fence.act(effect, () => Promise.reject(new Error('timed out')))).rejects.toThrow(
      'timed out',
    );
    const [recorded] = await machineEffects(graph, machine);
    expect(recorded?.outcome).toContain('no success reported: Error: timed out');
  });
});
