import { randomUUID } from 'node:crypto';
import type { Graph } from '../../graph/index.js';
import { leaseLost } from './sync-error.js';
import { releaseLease, renewLease } from './sync-queries.js';

/**
 * The turn of one process at one source: two that wrote at once would undo each other. It ends by
 * itself when the process dies.
 */
export class SourceLease {
  readonly holder = randomUUID();
  private readonly lost = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  /** True while a stream of changes is open: then the source counts as read although nothing comes. */
  watching = false;

  constructor(
    private readonly graph: Graph,
    private readonly source: string,
    /** How long the turn outlasts a process that died, in milliseconds. */
    readonly lengthMs: number,
  ) {}

  /** Aborted when another process took the turn, or the source was removed. */
  get signal(): AbortSignal {
    return this.lost.signal;
  }

  /** Keeps the turn from the first sync that took it until {@link release}. */
  keep(): void {
    this.timer ??= setInterval(() => {
      void this.renew();
    }, this.lengthMs / 4).unref();
  }

  /** @throws SyncError where the turn is lost. */
  async renew(): Promise<void> {
    const readAt = this.watching ? new Date().toISOString() : null;
    const { source, holder, lengthMs: leaseMs } = this;
    // A database that is away for a moment is not a lost turn; the next write will tell.
    const rows = await this.graph
      .write(renewLease, { source, holder, leaseMs, readAt })
      .catch(() => undefined);
    if (rows?.length === 0) this.lost.abort(leaseLost(source));
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.graph
      .write(releaseLease, { source: this.source, holder: this.holder })
      .catch(() => undefined);
  }
}
