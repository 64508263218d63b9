import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeBurst } from '../contract.js';

/** Beyond this many changes the stream has to wait for the graph. */
const mostQueued = 5_000;

export interface BurstGathering {
  /** Opens the stream; it has to end when the signal does. */
  readonly open: (signal: AbortSignal) => AsyncIterable<ChangeBurst>;
  /** Never called twice at a time. */
  readonly apply: (bursts: readonly ChangeBurst[]) => Promise<void>;
  /** How long to wait after a burst for others that belong to it, in milliseconds. */
  readonly calmMs: number;
}

/** Applies bursts in the background; its failure ends the stream. */
class Applier {
  readonly failed = new AbortController();
  private queue: ChangeBurst[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly gathering: BurstGathering) {}

  async add(burst: ChangeBurst): Promise<void> {
    this.queue.push(burst);
    this.running ??= this.drain();
    const queued = this.queue.reduce((sum, { changes }) => sum + changes.length, 0);
    if (queued > mostQueued) await this.running;
  }

  async finish(): Promise<void> {
    await this.running;
    this.failed.signal.throwIfAborted();
  }

  private async drain(): Promise<void> {
    try {
      while (this.queue.length > 0) {
        await sleep(this.gathering.calmMs);
        const bursts = this.queue;
        this.queue = [];
        await this.gathering.apply(bursts);
      }
    } catch (reason) {
      this.failed.abort(reason);
    } finally {
      this.running = undefined;
    }
  }
}

/**
 * Reads a stream of bursts while earlier ones are being applied, and hands over together what came
 * meanwhile.
 *
 * @throws what the stream or `apply` throws; an orderly end of the stream returns.
 */
export async function gatherBursts(gathering: BurstGathering, signal: AbortSignal): Promise<void> {
  const applier = new Applier(gathering);
  const either = AbortSignal.any([signal, applier.failed.signal]);
  try {
    for await (const burst of gathering.open(either)) await applier.add(burst);
  } catch (error) {
    // The stream ends with an error of its own when it is told to end; the cause says more.
    applier.failed.signal.throwIfAborted();
    throw error;
  } finally {
    await applier.finish();
  }
}
