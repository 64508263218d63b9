import { DelayedError, UnrecoverableError, Worker, type Job } from 'bullmq';
import type { Graph } from '../graph/index.js';
import type { Logger } from '../telemetry/logger.js';
import { executorConfigurationSchema, type ExecutorOptions } from './configuration.js';
import { MigrationQueue, type TurnJob } from './migration-queue.js';
import type { Connections, MigrationEvents } from './ports.js';
import { reconcile } from './reconcile.js';
import { takeTurn, type TurnEnd, type TurnServices } from './turn.js';
import type { TurnObserver } from './turn-observer.js';

export interface WorkerOptions {
  readonly graph: Graph;
  /** Address of Redis, with its password in it. */
  readonly redisUrl: string;
  readonly connections: Connections;
  readonly events: MigrationEvents;
  readonly logger: Logger;
  readonly config?: ExecutorOptions;
  /** Sees, and may hold up, each moment of a turn. */
  readonly observer?: TurnObserver;
}

export interface RunningWorker {
  /** Looks now for machines that may begin, instead of at the next round. */
  wake(): void;
  /** Lets every turn end after the step at hand, then closes. The connections stay open. */
  close(): Promise<void>;
}

/** Pause after something outside the machine's own run failed, the graph for instance. */
const troubleMs = 5_000;
/** The graph says who may go on, so a stalled job is only a reason to look there again. */
const stallsBeforeFailed = 5;

/**
 * Starts a worker of migrations. Any number may run against one graph and one Redis.
 *
 * @throws QueueStoreError where Redis may evict keys.
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const configuration = executorConfigurationSchema.parse(options.config ?? {});
  const { redisUrl, logger } = options;
  const graph = options.graph.within(configuration.graphTimeoutMs);
  const queue = await MigrationQueue.open(redisUrl, configuration.queue);
  const rounds = new Rounds(
    () => reconcile(graph, queue, configuration),
    configuration.reconcileMs,
    logger,
  );
  let closing = false;
  const services: TurnServices = {
    graph,
    connections: options.connections,
    configuration,
    events: options.events,
    logger,
    observer: options.observer,
    slotFreed: () => {
      rounds.wake();
    },
    closing: () => closing,
  };
  const worker = new Worker<TurnJob, void>(
    configuration.queue,
    (job, token, signal) => process(job, token, signal, services),
    {
      connection: { url: redisUrl, maxRetriesPerRequest: null },
      concurrency: configuration.concurrency,
      lockDuration: configuration.lockDurationMs,
      stalledInterval: configuration.stalledIntervalMs,
      maxStalledCount: stallsBeforeFailed,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    },
  );
  // Whoever cannot renew a lock no longer has the turn: it stops before its next change.
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) worker.cancelJob(id, 'the turn was given away');
  });
  worker.on('failed', () => {
    rounds.wake();
  });
  worker.on('error', (error) => {
    logger.warn({ err: error }, 'the queue reports an error');
  });
  rounds.wake();
  return {
    wake: () => {
      rounds.wake();
    },
    async close() {
      closing = true;
      await rounds.stop();
      await worker.close();
      await queue.close();
    },
  };
}

/** Runs something now and then, and soon when woken; never twice at once. */
class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly round: () => Promise<void>,
    private readonly everyMs: number,
    private readonly logger: Logger,
  ) {}

  wake(): void {
    if (this.stopped) return;
    if (this.running !== undefined) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      await this.round();
    } catch (error) {
      this.logger.warn({ err: error }, 'the queue could not be compared with the graph');
    }
    this.running = undefined;
    if (this.stopped) return;
    const pause = this.again ? 0 : this.everyMs;
    this.again = false;
    this.timer = setTimeout(() => {
      this.wake();
    }, pause);
  }
}

async function process(
  job: Job<TurnJob>,
  token: string | undefined,
  signal: AbortSignal | undefined,
  services: TurnServices,
): Promise<void> {
  const end = await turnOf(job.data.machine, services, signal ?? new AbortController().signal);
  switch (end.type) {
    case 'rest':
      return;
    case 'failed':
      throw new UnrecoverableError(end.message);
    case 'again':
      await job.moveToDelayed(Date.now() + end.afterMs, token);
      throw new DelayedError();
  }
}

/** A turn that breaks on what it stands on (the graph, mostly) comes again a little later. */
async function turnOf(
  machine: string,
  services: TurnServices,
  signal: AbortSignal,
): Promise<TurnEnd> {
  try {
    return await takeTurn(machine, services, signal);
  } catch (error) {
    services.logger.warn({ machine, err: error }, 'turn broke off');
    return { type: 'again', afterMs: troubleMs };
  }
}
