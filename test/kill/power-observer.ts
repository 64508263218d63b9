import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkOrder } from '../../src/executor/index.js';
import { resources, type Cluster } from '../../src/kubernetes/index.js';

interface Watched {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly orders: readonly WorkOrder[];
  /** Source machines that are powered on now, by their reference. */
  poweredOn(): Promise<ReadonlySet<string>>;
}

/** Looks, for as long as a test runs, whether a source and its target are ever on together. */
export class PowerObserver {
  readonly violations: string[] = [];
  looks = 0;
  readonly #stopped = new AbortController();
  readonly #loop: Promise<void>;

  constructor(
    private readonly watched: Watched,
    private readonly pauseMs = 250,
  ) {
    this.#loop = this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#loop;
  }

  async #watch(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      // Either end may be down for a moment; a look that failed says nothing.
      await this.#look().catch(() => undefined);
      await sleep(this.pauseMs);
    }
  }

  /** On together: the target ran before and after a look that saw the source on. */
  async #look(): Promise<void> {
    const before = await this.#runningTargets();
    const on = await this.watched.poweredOn();
    const after = await this.#runningTargets();
    this.looks += 1;
    for (const { targetName, source } of this.watched.orders) {
      if (before.has(targetName) && on.has(source.externalId) && after.has(targetName)) {
        this.violations.push(`${source.name} and ${targetName} were on together`);
      }
    }
  }

  async #runningTargets(): Promise<ReadonlySet<string>> {
    const { cluster, namespace } = this.watched;
    const { objects } = await cluster.list(resources.virtualMachineInstance, { namespace });
    return new Set(objects.map(({ metadata }) => metadata.name));
  }
}
