import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  cancelMigration,
  machineEffects,
  machineProgress,
  rollbackItinerary,
} from '../../src/executor/index.js';
import { wipeRedis } from '../real/redis.js';
import { untilState } from '../executor/migration-lab.js';
import { realStage } from '../executor/real-stage.js';
import type { Stage } from '../executor/stage.js';
import { brokenAfterCompletion, brokenAfterRollback } from './invariants.js';
import { killPoints, sampleOf } from './kill-point.js';
import {
  beginRun,
  forwardSteps,
  fullOrders,
  mortalWorker,
  observePower,
  spread,
  type KillRun,
} from './kill-lab.js';
import type { MortalWorker } from './mortal-worker.js';
import type { PowerObserver } from './power-observer.js';

/** `all` kills at every moment of every step; otherwise one moment of each step. */
const all = process.env.OPAL_KILL_MATRIX === 'all';
const chosen = all ? <T>(points: T) => points : sampleOf;
const machines = all ? 6 : 3;
const timeout = all ? 1_800_000 : 400_000;
/** Less than a test has, so that a run which stands still is told with what its machines say. */
const patience = timeout - 100_000;

let stage: Stage;
const open: { worker?: MortalWorker; observer?: PowerObserver } = {};

beforeAll(async () => {
  // Enough that a test which is tried again does not take the machines of those after it.
  stage = await realStage(machines * 8);
});

afterEach(async () => {
  await open.worker?.stop();
  await open.observer?.stop();
});

afterAll(async () => {
  await stage.close();
});

async function idsOf(run: KillRun): Promise<string[]> {
  return (await machineProgress(run.graph, run.migration)).map(({ id }) => id);
}

/** Begins a run whose worker dies at the given points. */
async function deadlyRun(
  count: number,
  pointsOf: (run: KillRun) => ReturnType<typeof killPoints>,
): Promise<{ run: KillRun; worker: MortalWorker; observer: PowerObserver; deaths: number }> {
  const run = await beginRun(stage, await fullOrders(stage, count));
  const points = pointsOf(run);
  const worker = await mortalWorker(stage, spread(points, await idsOf(run)));
  const observer = observePower(stage, run);
  Object.assign(open, { worker, observer });
  return { run, worker, observer, deaths: points.length };
}

describe('a worker killed at every step', () => {
  it(
    'migrates every machine once, with nothing left behind and never both on',
    { timeout },
    async () => {
      const { run, worker, observer, deaths } = await deadlyRun(machines, ({ orders }) =>
        chosen(killPoints(forwardSteps(orders))),
      );
      expect(await untilState(run.graph, run.migration, ['completed', 'failed'], patience)).toBe(
        'completed',
      );
      expect(worker.failure).toBeUndefined();
      // All machines die with one: where a call was made just then, it is not made again, and a
      // death that waits for it does not come.
      expect((await worker.diaryLines()).length).toBeGreaterThanOrEqual(Math.ceil(deaths * 0.8));
      expect(await brokenAfterCompletion(run)).toEqual([]);
      expect(observer.looks).toBeGreaterThan(5);
      expect(observer.violations).toEqual([]);
      console.log(
        `${String(worker.deaths)} kills survived forwards, ${String(observer.looks)} looks at both ends`,
      );
    },
  );

  it('rolls back to where it began', { timeout }, async () => {
    const { run, worker, observer, deaths } = await deadlyRun(machines, () =>
      chosen(killPoints(rollbackItinerary).filter(({ step }) => step !== 'stop-target')),
    );
    await untilCopying(run);
    await cancelMigration(run.graph, run.migration);
    expect(await untilState(run.graph, run.migration, ['cancelled', 'failed'], patience)).toBe(
      'cancelled',
    );
    expect(worker.failure).toBeUndefined();
    expect((await worker.diaryLines()).length).toBeLessThanOrEqual(deaths);
    expect(worker.deaths).toBeGreaterThan(0);
    expect(await brokenAfterRollback(run)).toEqual([]);
    expect(observer.violations).toEqual([]);
    console.log(`${String(worker.deaths)} kills survived in rollbacks`);
  });
});

async function untilCopying(run: KillRun): Promise<void> {
  for (;;) {
    const progress = await machineProgress(run.graph, run.migration);
    if (progress.every(({ step }) => step === 'copy-disks')) return;
    await sleep(50);
  }
}

describe('a queue that is lost', () => {
  it('is rebuilt from the graph after FLUSHALL', { timeout }, async () => {
    const { run, worker, observer } = await deadlyRun(2, () => []);
    for (let flush = 0; flush < 5; flush += 1) {
      await sleep(700);
      await wipeRedis();
    }
    expect(await untilState(run.graph, run.migration, ['completed', 'failed'], patience)).toBe(
      'completed',
    );
    expect(worker.failure).toBeUndefined();
    expect(await brokenAfterCompletion(run)).toEqual([]);
    expect(observer.violations).toEqual([]);
  });
});

/** A run of one machine whose worker falls asleep at the point, and another worker beside it. */
async function sleepyRun(point: string) {
  const run = await beginRun(stage, await fullOrders(stage, 1));
  const [machine = ''] = await idsOf(run);
  const sleeper = await mortalWorker(stage, {}, { naps: { [machine]: [point] } });
  const observer = observePower(stage, run);
  Object.assign(open, { worker: sleeper, observer });
  await sleeper.untilAsleep();
  const second = await mortalWorker(stage, {}, { config: sleeper.config });
  return { run, machine, sleeper, second, observer };
}

/** Effects that a turn began although a later one had begun one before. */
async function lateEffects(run: KillRun, machine: string): Promise<readonly string[]> {
  let highest = 0;
  return (await machineEffects(run.graph, machine)).flatMap(({ epoch, verb, target }) => {
    const late = epoch < highest;
    highest = Math.max(highest, epoch);
    return late ? [`${verb} ${target}`] : [];
  });
}

describe('a worker that sleeps past its lock', () => {
  it('does nothing outside after another has taken over', { timeout }, async () => {
    const { run, machine, sleeper, second, observer } = await sleepyRun(
      'power-off-source/before-step',
    );
    try {
      expect(await untilState(run.graph, run.migration, ['completed', 'failed'], patience)).toBe(
        'completed',
      );
      sleeper.wake();
      await sleep(3_000);
    } finally {
      await second.stop();
    }
    expect(await lateEffects(run, machine)).toEqual([]);
    expect(sleeper.failure).toBeUndefined();
    expect(await brokenAfterCompletion(run)).toEqual([]);
    expect(observer.violations).toEqual([]);
  });

  it.each(['start-target/before-call', 'create-virtual-machine/before-call'])(
    'leaves nothing that runs where it wakes at %s after a rollback',
    { timeout },
    async (point) => {
      const { run, sleeper, second, observer } = await sleepyRun(point);
      try {
        await cancelMigration(run.graph, run.migration);
        expect(await untilState(run.graph, run.migration, ['cancelled', 'failed'], patience)).toBe(
          'cancelled',
        );
        sleeper.wake();
        await sleep(3_000);
      } finally {
        await second.stop();
      }
      expect(sleeper.failure).toBeUndefined();
      expect(await brokenAfterRollback(run)).toEqual([]);
      expect(observer.violations).toEqual([]);
    },
  );
});
