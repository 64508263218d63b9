import { OpalError } from '../errors/opal-error.js';
import { describeError } from './describe-error.js';
import type { MigrationEvents } from './ports.js';
import type { ClaimedTurn } from './queries/turn.js';
import type { StepProgress } from './step-progress.js';

/** Tells watchers what a turn did. Nobody depends on it: the record is in the graph. */
export class TurnEvents {
  constructor(
    private readonly events: MigrationEvents,
    private readonly claimed: ClaimedTurn,
  ) {}

  step(step: string, stepState: string, progress?: StepProgress): void {
    this.events.publish({ ...this.place(), step, stepState, ...bytes(progress) });
  }

  trouble(step: string, stepState: string, error: unknown): void {
    const code = error instanceof OpalError ? error.code : 'migration.unexpected';
    const told = { code, message: describeError(error) };
    this.events.publish({ ...this.place(), step, stepState, error: told });
  }

  settled(state: string): void {
    this.events.publish({
      migration: this.claimed.migration,
      state,
      at: new Date().toISOString(),
    });
  }

  private place() {
    const { machine, migration } = this.claimed;
    return {
      migration,
      virtualMachine: machine.entity,
      name: machine.name,
      state: machine.state,
      at: new Date().toISOString(),
    };
  }
}

function bytes(progress: StepProgress | undefined) {
  if (progress === undefined) return {};
  const { copiedBytes, totalBytes, etaSeconds } = progress;
  return { copiedBytes, totalBytes, ...(etaSeconds === undefined ? {} : { etaSeconds }) };
}
