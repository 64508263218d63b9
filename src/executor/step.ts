import type { OpalError } from '../errors/opal-error.js';
import type { Logger } from '../telemetry/logger.js';
import type { ExecutorConfiguration } from './configuration.js';
import type { FencedCluster } from './fenced-cluster.js';
import type { FencedSource } from './fenced-source.js';
import type { ImporterCredentials, PowerState } from './ports.js';
import type { StepName } from './itinerary.js';
import type { StepProgress } from './step-progress.js';
import type { WorkOrder } from './work-order.js';

/** Families of failure, so that reports can group them. */
export type FailureKind =
  | 'source'
  | 'drift'
  | 'conflict'
  | 'powerOff'
  | 'copy'
  | 'conversion'
  | 'hook'
  | 'refused'
  | 'target'
  | 'safety'
  | 'gaveUp';

export type StepOutcome =
  | {
      readonly type: 'done';
      /** One sentence for the record. */
      readonly outcome: string;
      readonly facts?: Partial<MachineFacts>;
      readonly progress?: StepProgress;
    }
  | {
      readonly type: 'wait';
      readonly retryAfterMs: number;
      /** What is waited for, in one sentence. */
      readonly outcome: string;
      readonly progress?: StepProgress;
    }
  | { readonly type: 'failed'; readonly kind: FailureKind; readonly error: OpalError };

/** What the steps of one machine learned and later ones need; recorded with the step. */
export interface MachineFacts {
  /** Power state of the source before the run touched it. */
  readonly sourcePowerState: PowerState;
  /** When the run first asked the source to turn off (ISO 8601). */
  readonly powerOffRequestedAt: string;
  /** When the target was first started (ISO 8601). */
  readonly targetStartedAt: string;
  /** When a rollback turned the source on again (ISO 8601). */
  readonly sourceRestoredAt: string;
}

export interface RollbackChoice {
  readonly keepDisks: boolean;
  readonly stopRunningTarget: boolean;
}

/** What a step may see and do. Changes go through the fence, whoever makes them. */
export interface StepContext {
  readonly order: WorkOrder;
  /** Id of the (:MigratingVirtualMachine). */
  readonly run: string;
  readonly facts: Partial<MachineFacts>;
  readonly rollback: RollbackChoice;
  /** How often the machine was retried; part of the names of Jobs, which cannot run twice. */
  readonly retries: number;
  /** When the step was first begun since the last retry (epoch milliseconds). */
  readonly startedAt: number;
  /** What the step said the last time it waited. */
  readonly progress: StepProgress | undefined;
  readonly source: FencedSource;
  readonly cluster: FencedCluster;
  readonly configuration: ExecutorConfiguration;
  readonly logger: Logger;
  importerCredentials(): Promise<ImporterCredentials>;
  /** Records facts at once, where they must be known before an effect and not only after the step. */
  remember(facts: Partial<MachineFacts>): Promise<void>;
}

export interface Step {
  readonly name: StepName;
  /**
   * Looks first, acts only if needed, and returns soon: what takes time is waited for by `wait`.
   * Running it again after a crash at any point leads to the same end.
   */
  ensure(context: StepContext, signal: AbortSignal): Promise<StepOutcome>;
}

export const done = (outcome: string, facts?: Partial<MachineFacts>): StepOutcome => ({
  type: 'done',
  outcome,
  ...(facts === undefined ? {} : { facts }),
});

export const wait = (
  retryAfterMs: number,
  outcome: string,
  progress?: StepProgress,
): StepOutcome => ({
  type: 'wait',
  retryAfterMs,
  outcome,
  ...(progress === undefined ? {} : { progress }),
});

export const failed = (kind: FailureKind, error: OpalError): StepOutcome => ({
  type: 'failed',
  kind,
  error,
});
