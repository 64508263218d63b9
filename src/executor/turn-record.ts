import type { Graph } from '../graph/index.js';
import type { RecordedError } from './describe-error.js';
import { FenceLostError } from './migration-error.js';
import {
  beginStep,
  failStep,
  finishStep,
  noteError,
  rememberFacts,
  waitInStep,
} from './queries/turn.js';
import type { FailureKind, MachineFacts, StepOutcome } from './step.js';

type Done = Extract<StepOutcome, { type: 'done' }>;
type Wait = Extract<StepOutcome, { type: 'wait' }>;

/** Where a machine stands after a step. */
export interface Standing {
  readonly state: string;
  readonly keepsSlot: boolean;
  readonly releasesClaim: boolean;
}

export interface Failure {
  readonly kind: FailureKind;
  readonly error: RecordedError;
  readonly message: string;
  readonly state: string;
}

/** Writes what a turn does to the graph. Every write holds only while the turn does. */
export class TurnRecord {
  constructor(
    private readonly graph: Graph,
    private readonly machine: string,
    private readonly epoch: number,
    private readonly holder: string,
  ) {}

  /** Returns when the step was first begun since the last retry. */
  async begin(step: string): Promise<number> {
    const [row] = await this.graph.write(beginStep, { ...this.turn(), step });
    if (row === undefined) throw this.lost();
    return Date.parse(row.startedAt);
  }

  async wait(step: string, { outcome, progress }: Wait): Promise<void> {
    const rows = await this.graph.write(waitInStep, {
      ...this.turn(),
      step,
      outcome,
      progress: progress === undefined ? null : JSON.stringify(progress),
      copiedBytes: progress?.copiedBytes ?? null,
      etaSeconds: progress?.etaSeconds ?? null,
    });
    if (rows.length === 0) throw this.lost();
  }

  async finish(step: string, outcome: Done, standing: Standing): Promise<void> {
    const { progress, facts } = outcome;
    const rows = await this.graph.write(finishStep, {
      ...this.turn(),
      ...standing,
      step,
      outcome: outcome.outcome,
      progress: progress === undefined ? null : JSON.stringify(progress),
      copiedBytes: progress?.copiedBytes ?? null,
      facts: facts ?? {},
    });
    if (rows.length === 0) throw this.lost();
  }

  async fail(step: string, { kind, error, message, state }: Failure): Promise<void> {
    const rows = await this.graph.write(failStep, {
      ...this.turn(),
      step,
      kind,
      state,
      outcome: message,
      error: JSON.stringify(error),
    });
    if (rows.length === 0) throw this.lost();
  }

  /** Returns since when (epoch milliseconds) and how often the step has met errors in a row. */
  async trouble(
    step: string,
    error: RecordedError,
    outcome: string,
  ): Promise<{ readonly since: number; readonly count: number }> {
    const [row] = await this.graph.write(noteError, {
      ...this.turn(),
      step,
      outcome,
      error: JSON.stringify(error),
    });
    if (row === undefined) throw this.lost();
    return { since: Date.parse(row.since), count: row.count };
  }

  async remember(facts: Partial<MachineFacts>): Promise<void> {
    const rows = await this.graph.write(rememberFacts, { ...this.turn(), facts });
    if (rows.length === 0) throw this.lost();
  }

  private turn() {
    const { machine, epoch, holder } = this;
    return { machine, epoch, holder, now: new Date().toISOString() };
  }

  private lost(): FenceLostError {
    return new FenceLostError(this.machine, this.epoch);
  }
}
