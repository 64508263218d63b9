import { randomUUID } from 'node:crypto';
import type { Graph } from '../graph/index.js';
import { OpalError } from '../errors/opal-error.js';
import type { Logger } from '../telemetry/logger.js';
import { describeError, recordedError } from './describe-error.js';
import type { ExecutorConfiguration } from './configuration.js';
import { Fence } from './fence.js';
import { needsSlot, stepNames, type StepName } from './itinerary.js';
import { FenceLostError } from './migration-error.js';
import type { Connections, MigrationEvents } from './ports.js';
import { claimTurn, settleMigration, type ClaimedTurn } from './queries/turn.js';
import { retryPause } from './retry-pause.js';
import type { FailureKind, StepOutcome } from './step.js';
import { knownFacts, stepContext, type ContextParts } from './step-context.js';
import { stepProgressSchema, type StepProgress } from './step-progress.js';
import { steps } from './steps/index.js';
import { TurnEvents } from './turn-events.js';
import type { TurnObserver } from './turn-observer.js';
import { TurnRecord, type Standing } from './turn-record.js';
import { workOrderSchema } from './work-order.js';

export interface TurnServices {
  readonly graph: Graph;
  readonly connections: Connections;
  readonly configuration: ExecutorConfiguration;
  readonly events: MigrationEvents;
  readonly logger: Logger;
  readonly observer?: TurnObserver | undefined;
  /** Told when a machine no longer needs its slots, so that the next may be admitted. */
  readonly slotFreed: () => void;
  /** True once the worker is asked to stop: the turn ends after the step at hand. */
  readonly closing: () => boolean;
}

/** How a turn ended, in what it means for the job. */
export type TurnEnd =
  | { readonly type: 'again'; readonly afterMs: number }
  /** Nothing to do for this machine until somebody says so, or for good. */
  | { readonly type: 'rest' }
  | { readonly type: 'failed'; readonly message: string };

/** Lets a taken-over turn find out by its next claim whether there is anything left for it. */
const afterLosingMs = 200;

/**
 * One turn of one machine: takes it over, goes through its steps as far as they come, and stops
 * where one has to wait. All state is in the graph before the turn ends, so that losing the turn
 * at any point costs at most a repetition of one step.
 */
export async function takeTurn(
  machine: string,
  services: TurnServices,
  signal: AbortSignal,
): Promise<TurnEnd> {
  const holder = randomUUID();
  const now = new Date().toISOString();
  const [claimed] = await services.graph.write(claimTurn, { machine, holder, now });
  if (claimed === undefined) return { type: 'rest' };
  try {
    return await new Turn(claimed, holder, services, signal).run();
  } catch (error) {
    if (!(error instanceof FenceLostError)) throw error;
    services.logger.info({ machine, epoch: error.epoch }, 'turn was taken over or called off');
    return { type: 'again', afterMs: afterLosingMs };
  }
}

const isStepName = (name: string): name is StepName => stepNames.some((known) => known === name);

const readProgress = (text: string | undefined): StepProgress | undefined =>
  text === undefined ? undefined : stepProgressSchema.parse(JSON.parse(text));

class Turn {
  private readonly parts: ContextParts;
  private readonly record: TurnRecord;
  private readonly fence: Fence;
  private readonly events: TurnEvents;

  constructor(
    private readonly claimed: ClaimedTurn,
    holder: string,
    private readonly services: TurnServices,
    private readonly signal: AbortSignal,
  ) {
    const { machine } = claimed;
    const { graph, configuration, observer, connections, logger } = services;
    const { id, epoch } = machine;
    const { fenceFreshnessMs: freshnessMs } = configuration;
    this.record = new TurnRecord(graph, id, epoch, holder);
    this.fence = new Fence({
      graph,
      machine: id,
      epoch,
      holder,
      direction: machine.direction,
      turn: signal,
      freshnessMs,
      observer,
    });
    this.events = new TurnEvents(services.events, claimed);
    this.parts = {
      machine,
      order: workOrderSchema.parse(JSON.parse(machine.workOrder)),
      facts: knownFacts(machine),
      fence: this.fence,
      record: this.record,
      signal,
      connections,
      configuration,
      logger,
    };
  }

  async run(): Promise<TurnEnd> {
    const remaining = this.claimed.steps.flatMap(({ name, state, progress }) =>
      state === 'done' || !isStepName(name) ? [] : [{ name, progress: readProgress(progress) }],
    );
    for (const [index, { name, progress }] of remaining.entries()) {
      if (this.services.closing()) return { type: 'again', afterMs: 0 };
      const later = remaining.slice(index + 1).map((step) => step.name);
      const end = await this.takeStep(name, later, progress);
      if (end !== undefined) return end;
    }
    await this.settle();
    return { type: 'rest' };
  }

  /** `undefined` where the next step may begin. */
  private async takeStep(
    name: StepName,
    later: readonly StepName[],
    progress: StepProgress | undefined,
  ): Promise<TurnEnd | undefined> {
    const startedAt = await this.record.begin(name);
    this.fence.step = name;
    await this.reached('before-step', name);
    let outcome: StepOutcome;
    try {
      const context = await stepContext(this.parts, startedAt, progress);
      outcome = await steps[name].ensure(context, this.signal);
    } catch (error) {
      return this.afterError(name, error);
    }
    await this.reached('before-record', name);
    const end = await this.recordOutcome(name, later, outcome);
    await this.reached('after-record', name);
    return end;
  }

  private async recordOutcome(
    name: StepName,
    later: readonly StepName[],
    outcome: StepOutcome,
  ): Promise<TurnEnd | undefined> {
    switch (outcome.type) {
      case 'done': {
        const standing = this.standing(later);
        await this.record.finish(name, outcome, standing);
        Object.assign(this.parts.facts, outcome.facts);
        if (needsSlot([name]) && !standing.keepsSlot) this.services.slotFreed();
        this.events.step(name, 'done', outcome.progress);
        return undefined;
      }
      case 'wait': {
        await this.record.wait(name, outcome);
        this.events.step(name, 'waiting', outcome.progress);
        return { type: 'again', afterMs: outcome.retryAfterMs };
      }
      case 'failed':
        return this.fail(name, outcome.kind, outcome.error);
    }
  }

  private standing(later: readonly StepName[]): Standing {
    const back = this.claimed.machine.direction === 'back';
    const ended = later.length === 0;
    const underWay = back ? 'rollingBack' : 'running';
    const over = back ? 'cancelled' : 'completed';
    return {
      state: ended ? over : underWay,
      keepsSlot: !back && needsSlot(later),
      releasesClaim: ended,
    };
  }

  /** Errors that may pass are waited out for a bounded time; others end the machine's run. */
  private async afterError(name: StepName, error: unknown): Promise<TurnEnd> {
    if (error instanceof FenceLostError) throw error;
    const { id, epoch } = this.parts.machine;
    if (this.signal.aborted) throw new FenceLostError(id, epoch);
    if (error instanceof OpalError && !error.retryable) return this.fail(name, 'refused', error);
    const { configuration, logger } = this.services;
    const facts = recordedError(error, this.parts.order.source.name);
    const { since, count } = await this.record.trouble(name, facts, describeError(error));
    logger.warn({ machine: id, step: name, count, err: error }, 'step met an error');
    if (Date.now() - since >= configuration.retryForMs) return this.fail(name, 'gaveUp', error);
    this.events.trouble(name, 'retrying', error);
    return { type: 'again', afterMs: retryPause(configuration.retryPauseMs, count) };
  }

  private async fail(name: StepName, kind: FailureKind, error: unknown): Promise<TurnEnd> {
    const { machine, order } = this.parts;
    const message = describeError(error);
    const state = machine.direction === 'back' ? 'rollbackFailed' : 'failed';
    const facts = recordedError(error, order.source.name);
    await this.record.fail(name, { kind, state, message, error: facts });
    this.services.logger.error(
      { machine: machine.id, name: order.source.name, step: name, kind, err: error },
      'machine failed',
    );
    this.services.slotFreed();
    this.events.trouble(name, 'failed', error);
    await this.settle();
    return { type: 'failed', message };
  }

  private async settle(): Promise<void> {
    const now = new Date().toISOString();
    const { migration } = this.claimed;
    const [settled] = await this.services.graph.write(settleMigration, { migration, now });
    if (settled !== undefined) this.events.settled(settled.state);
  }

  private async reached(
    moment: 'before-step' | 'before-record' | 'after-record',
    step: StepName,
  ): Promise<void> {
    await this.services.observer?.({ moment, machine: this.parts.machine.id, step });
  }
}
