import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FencedCluster } from '../../src/executor/fenced-cluster.js';
import { cancelMigration, machineEffects } from '../../src/executor/index.js';
import type { TurnObserver } from '../../src/executor/turn-observer.js';
import { resources } from '../../src/kubernetes/index.js';
import { admittedMachine } from './admitted-machine.js';
import { claimedFence } from './claimed-fence.js';
import { connectionsLosingAnswers } from './lost-answers.js';
import { labTarget } from './lab-connections.js';
import { listed, namesOf } from './migration-lab.js';
import { realStage } from './real-stage.js';
import type { Stage } from './stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await realStage(6);
});

afterAll(async () => {
  await stage.close();
});

interface LateTurn {
  readonly machine: string;
  readonly migration: string;
  readonly namespace: string;
  readonly turn: AbortController;
  /** The cluster as that turn sees it. */
  clusterWith(connections: Stage['connections'], observer: TurnObserver): Promise<FencedCluster>;
}

/** A turn that claims its machine and is about to create something. */
async function turnOfMachine(): Promise<LateTurn> {
  const { graph, signal } = stage;
  const order = await stage.order();
  const { migration, machine } = await admittedMachine(graph, order);
  const turn = new AbortController();
  const { namespace } = order;
  return {
    machine,
    migration,
    namespace,
    turn,
    async clusterWith(connections, observer) {
      const fence = await claimedFence(graph, machine, { turn: turn.signal, observer });
      return new FencedCluster({
        cluster: await connections.cluster(labTarget, signal),
        fence,
        signal: turn.signal,
        namespace,
        run: machine,
        sourceVirtualMachine: 'vcsim/VirtualMachine/vm-1',
        machineName: order.source.name,
      });
    },
  };
}

const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'made-late' },
  stringData: { word: 'none' },
};

const secretsOf = async ({ namespace }: LateTurn): Promise<readonly string[]> =>
  namesOf(await listed(stage.cluster, resources.secret, namespace));

describe('a creation that is on its way when its turn ends', () => {
  it('is waited for, so that its outcome stands in the record', async () => {
    const late = await turnOfMachine();
    const cluster = await late.clusterWith(stage.connections, ({ moment }) => {
      if (moment === 'before-call') late.turn.abort();
      return Promise.resolve();
    });
    await cluster.ensure(resources.secret, secret);
    expect(await secretsOf(late)).toEqual(['made-late']);
    expect(await machineEffects(stage.graph, late.machine)).toMatchObject([{ outcome: 'done' }]);
  });

  it('is taken back where the run was called off meanwhile', async () => {
    const late = await turnOfMachine();
    const cluster = await late.clusterWith(stage.connections, async ({ moment }) => {
      if (moment === 'before-call') await cancelMigration(stage.graph, late.migration);
    });
    await expect(cluster.ensure(resources.secret, secret)).rejects.toThrow();
    expect(await secretsOf(late)).toEqual([]);
  });

  it('is taken back too where no answer tells that it took effect', async () => {
    const late = await turnOfMachine();
    const losing = connectionsLosingAnswers(stage.connections);
    const cluster = await late.clusterWith(losing, async ({ moment }) => {
      if (moment === 'before-call') await cancelMigration(stage.graph, late.migration);
    });
    await cluster.ensure(resources.secret, secret).catch(() => undefined);
    expect(losing.lost).toHaveLength(2);
    // The removal lost its answer as well; what counts is that it was asked for.
    expect(await secretsOf(late)).toEqual([]);
  });
});
