import { setTimeout as sleep } from 'node:timers/promises';
import { OpalError } from '../../errors/opal-error.js';
import type { AnyCollector } from '../any-collector.js';
import type { CollectorPage, ProofOfCompleteness } from '../contract.js';
import { endlessPages } from './sync-error.js';

export interface ReadOptions<T> {
  readonly collector: AnyCollector;
  readonly configuration: unknown;
  readonly source: string;
  readonly signal: AbortSignal;
  /** Pause after the first failure in milliseconds; doubles from failure to failure. */
  readonly firstPauseMs: number;
  readonly onPage: (page: Extract<CollectorPage<unknown>, { type: 'page' }>) => Promise<void>;
  /** Runs in the session of the read, once the collector says that it is done. */
  readonly onDone: (session: unknown, proof: ProofOfCompleteness) => Promise<T>;
}

/** Failures in a row after which the read is given up. */
const mostFailures = 5;
const longestPauseMs = 30_000;
const mostEmptyPages = 1_000;

/** Marks what went wrong on our side of the contract: asking the source again would not help. */
class OwnFailure {
  constructor(readonly reason: unknown) {}
}

async function own<T>(work: Promise<T>): Promise<T> {
  return work.catch((reason: unknown) => {
    // Unwrapped before it leaves this file.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw new OwnFailure(reason);
  });
}

/** One full read, page by page. */
class Read<T> {
  private cursor: unknown;
  private failures = 0;
  private emptyPages = 0;

  constructor(private readonly options: ReadOptions<T>) {}

  async run(): Promise<T> {
    const { collector, configuration, signal } = this.options;
    for (;;) {
      try {
        return await collector.around(configuration, (session) => this.pages(session), signal);
      } catch (error) {
        await this.recover(error);
      }
    }
  }

  private async pages(session: unknown): Promise<T> {
    const { collector, signal, onPage, onDone } = this.options;
    for (;;) {
      signal.throwIfAborted();
      const page = await collector.next(session, this.cursor, signal);
      if (page.type === 'done') return own(onDone(session, page.proof));
      this.checkProgress(page.objects.length);
      await own(onPage(page));
      this.cursor = page.cursor;
      this.failures = 0;
    }
  }

  private checkProgress(objects: number): void {
    this.emptyPages = objects === 0 ? this.emptyPages + 1 : 0;
    if (this.emptyPages > mostEmptyPages) throw endlessPages(this.options.source);
  }

  /** Waits before the next attempt from the same cursor, or throws. */
  private async recover(error: unknown): Promise<void> {
    const { signal, firstPauseMs } = this.options;
    signal.throwIfAborted();
    if (error instanceof OwnFailure) throw error.reason;
    this.failures += 1;
    const again = error instanceof OpalError && error.retryable && this.failures <= mostFailures;
    if (!again) throw error;
    const pause = Math.min(firstPauseMs * 2 ** (this.failures - 1), longestPauseMs);
    await sleep(pause * (0.8 + 0.4 * Math.random()), undefined, { signal });
  }
}

/**
 * Reads all pages of a source. A temporary failure opens a new session and goes on from the last
 * cursor; a failure in a row of five, or one that is not temporary, ends the read.
 */
export const readSource = <T>(options: ReadOptions<T>): Promise<T> => new Read(options).run();
