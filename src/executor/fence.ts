import { randomUUID } from 'node:crypto';
import type { Graph } from '../graph/query/graph.js';
import { describeError } from './describe-error.js';
import { FenceLostError } from './migration-error.js';
import { beginEffect, endEffect } from './queries/effects.js';
import type { TurnObserver } from './turn-observer.js';

/** A change to a source or a cluster, as it stands in the record. */
export interface Effect {
  readonly verb: string;
  readonly target: string;
}

export interface FenceOptions {
  readonly graph: Graph;
  readonly machine: string;
  readonly epoch: number;
  readonly holder: string;
  /** Whether the turn leads to the target or back. */
  readonly direction: string;
  /** Aborted when the queue gave the turn away. */
  readonly turn: AbortSignal;
  readonly freshnessMs: number;
  readonly observer: TurnObserver | undefined;
}

/**
 * Guards every change that one turn makes outside. The queue hands a job to a second worker when
 * the first is silent too long, and the first may still be running: the epoch in the graph says
 * whose turn it is. Looking at the epoch and writing down what is about to be done are one
 * transaction; then the change is made; then what came of it is written.
 *
 * A source has no conditional writes, so between look and change remains a window of at most
 * `freshnessMs` for a process that is stopped exactly there.
 */
export class Fence {
  /** The step that effects are recorded with. */
  step = '';
  /** Whether the direction had changed by the time the last effect ended: it came too late. */
  calledOff = false;

  constructor(private readonly options: FenceOptions) {}

  get epoch(): number {
    return this.options.epoch;
  }

  get machine(): string {
    return this.options.machine;
  }

  /** @throws FenceLostError where another worker holds the machine, or the direction changed. */
  async act<T>(effect: Effect, perform: () => Promise<T>): Promise<T> {
    const id = randomUUID();
    await this.begin(id, effect);
    await this.reached('before-call', effect);
    try {
      const result = await perform();
      await this.reached('after-call', effect);
      await this.end(id, 'done');
      return result;
    } catch (error) {
      // Without an answer the change may have been made; the record says so.
      await this.end(id, `no success reported: ${describeError(error)}`).catch(() => undefined);
      throw error;
    }
  }

  private async begin(id: string, effect: Effect): Promise<void> {
    const { graph, machine, epoch, holder, turn, freshnessMs } = this.options;
    for (;;) {
      if (turn.aborted) throw new FenceLostError(machine, epoch);
      const asked = performance.now();
      const rows = await graph.write(beginEffect, {
        id,
        machine,
        epoch,
        holder,
        step: this.step,
        ...effect,
        now: new Date().toISOString(),
      });
      if (rows.length === 0) throw new FenceLostError(machine, epoch);
      // A process that slept between asking and now looks again.
      if (performance.now() - asked < freshnessMs) return;
    }
  }

  private async end(id: string, outcome: string): Promise<void> {
    const now = new Date().toISOString();
    const [row] = await this.options.graph.write(endEffect, { id, outcome, now });
    this.calledOff = row !== undefined && row.direction !== this.options.direction;
  }

  private async reached(moment: 'before-call' | 'after-call', effect: Effect): Promise<void> {
    const { observer, machine } = this.options;
    await observer?.({ moment, machine, step: this.step, verb: effect.verb });
  }
}
