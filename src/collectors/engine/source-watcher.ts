import { setTimeout as sleep } from 'node:timers/promises';
import { OpalError } from '../../errors/opal-error.js';
import type { SyncOptions } from './source-sync.js';
import type { SyncReport } from './sync-run.js';

export interface WatchCycle {
  /** Makes a full read and then follows changes until the signal or a loss of the stream. */
  readonly run: (
    options: SyncOptions,
    signal: AbortSignal,
    onRead: (report: SyncReport) => void,
  ) => Promise<void>;
  readonly firstPauseMs: number;
}

const longestPauseMs = 60_000;

interface Request {
  readonly options: SyncOptions;
  readonly answer: PromiseWithResolvers<SyncReport>;
}

/** Keeps one source current until it is stopped. */
export class SourceWatcher {
  /** Ends when the watcher was stopped, or fails with what a person has to see to. */
  readonly done: Promise<void>;
  private readonly stopping = new AbortController();
  private interrupt = new AbortController();
  private request: Request | undefined;

  constructor(
    private readonly cycle: WatchCycle,
    signal?: AbortSignal,
  ) {
    signal?.addEventListener('abort', () => {
      this.stopping.abort(signal.reason);
    });
    if (signal?.aborted === true) this.stopping.abort(signal.reason);
    this.done = this.loop();
    this.done.catch(() => undefined);
  }

  /** Breaks off the stream of changes for a full read now, and follows changes again after it. */
  requestFullSync(options: SyncOptions = {}): Promise<SyncReport> {
    this.request ??= { options, answer: Promise.withResolvers<SyncReport>() };
    this.interrupt.abort(new Error('a full read was asked for'));
    return this.request.answer.promise;
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('the watch was stopped'));
    await this.done.catch(() => undefined);
  }

  private async loop(): Promise<void> {
    const { firstPauseMs } = this.cycle;
    let pause = firstPauseMs;
    while (!this.stopping.signal.aborted) {
      this.interrupt = new AbortController();
      const { request } = this;
      this.request = undefined;
      const failure = await this.once(request, () => {
        pause = firstPauseMs;
      });
      if (failure === undefined || this.wasInterrupted()) continue;
      if (!(failure.reason instanceof OpalError && failure.reason.retryable)) throw failure.reason;
      await sleep(pause * (0.8 + 0.4 * Math.random()), undefined, {
        signal: AbortSignal.any([this.stopping.signal, this.interrupt.signal]),
      }).catch(() => undefined);
      pause = Math.min(pause * 2, longestPauseMs);
    }
  }

  private wasInterrupted(): boolean {
    return this.stopping.signal.aborted || this.interrupt.signal.aborted;
  }

  private async once(
    request: Request | undefined,
    onSuccess: () => void,
  ): Promise<{ readonly reason: unknown } | undefined> {
    const signal = AbortSignal.any([this.stopping.signal, this.interrupt.signal]);
    try {
      await this.cycle.run(request?.options ?? {}, signal, (report) => {
        onSuccess();
        request?.answer.resolve(report);
      });
      return undefined;
    } catch (reason) {
      request?.answer.reject(reason);
      return { reason };
    }
  }
}
