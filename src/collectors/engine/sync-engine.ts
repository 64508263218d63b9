import type { Graph } from '../../graph/index.js';
import {
  syncAndFollow,
  syncOnce,
  type EnginePace,
  type SyncOptions,
  type SyncTarget,
} from './source-sync.js';
import { SourceWatcher } from './source-watcher.js';
import type { SyncListeners } from './sync-progress.js';
import type { SyncReport } from './sync-run.js';

export interface SyncEngineOptions extends SyncListeners {
  readonly graph: Graph;
  readonly pace?: Partial<EnginePace>;
}

const usualPace: EnginePace = {
  firstPauseMs: 1_000,
  calmMs: 200,
  rotateMs: 15 * 60_000,
  leaseMs: 120_000,
};

/**
 * Brings sources into the graph. One source is read by one process at a time; different sources
 * may be read at once. Interrupted wherever it may be, a sync removes nothing, and the next one
 * makes up for it.
 */
export class SyncEngine {
  private readonly context;

  constructor({ graph, pace, ...listeners }: SyncEngineOptions) {
    this.context = { graph, listeners, pace: { ...usualPace, ...pace } };
  }

  /**
   * One full read.
   *
   * @returns `complete`, or `needsConfirmation` where so much would be removed that a person has
   *   to say so first; everything else is in the graph then.
   * @throws SyncError, the collector's or the graph's error; the sync is recorded as failed or
   *   cancelled then, and nothing was removed.
   */
  sync(target: SyncTarget, options: SyncOptions = {}): Promise<SyncReport> {
    return syncOnce(this.context, target, options);
  }

  /** A full read and then the changes as they come, with a new full read whenever the stream is lost. */
  watch(target: SyncTarget, options: { readonly signal?: AbortSignal } = {}): SourceWatcher {
    const { context } = this;
    return new SourceWatcher(
      {
        run: (syncOptions, signal, onRead) =>
          syncAndFollow(context, target, syncOptions, signal, onRead),
        firstPauseMs: context.pace.firstPauseMs,
      },
      options.signal,
    );
  }
}
