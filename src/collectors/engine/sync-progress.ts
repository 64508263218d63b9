import type { EntityKind } from '../../graph/index.js';
import type { SyncCounts } from './sync-counts.js';
import type { SyncMode } from './sync-run.js';

export type SyncPhase = 'comparing' | 'reading' | 'settling' | 'sweeping' | 'deriving';

export interface SyncProgress {
  readonly source: string;
  readonly sync: number;
  readonly phase: SyncPhase;
  /** Kind of the object that was read last. */
  readonly kind?: EntityKind;
  /** Raw objects read so far. */
  readonly seen: number;
  /** Raw objects in all, where the source can tell. */
  readonly total?: number;
  /** Objects a second since the read began. */
  readonly ratePerSecond: number;
  readonly etaSeconds?: number;
}

/** After a full read, and after each burst of changes; counts are those of the whole sync so far. */
export interface SyncApplied {
  readonly source: string;
  readonly sync: number;
  readonly mode: SyncMode;
  readonly counts: SyncCounts;
}

/** What is told about syncs. A listener that throws is not asked whether the sync goes on. */
export interface SyncListeners {
  readonly onProgress?: (progress: SyncProgress) => void;
  readonly onApplied?: (applied: SyncApplied) => void;
}

/** Tells a listener; what goes wrong in it is its own affair and not the sync's. */
export function tell<T>(listener: ((news: T) => void) | undefined, news: T): void {
  try {
    listener?.(news);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

const mostOftenMs = 250;

/** Turns counts into progress with a rate and an estimate, a few times a second at most. */
export class ProgressMeter {
  private readonly startedAt = performance.now();
  private toldAt = -Infinity;
  private phase: SyncPhase = 'comparing';
  private seen = 0;
  private remaining: number | undefined;

  constructor(
    private readonly about: { readonly source: string; readonly sync: number },
    private readonly listener: SyncListeners['onProgress'],
  ) {}

  enter(phase: SyncPhase): void {
    this.phase = phase;
    this.report(undefined);
  }

  read(objects: number, remaining: number | undefined, kind: EntityKind | undefined): void {
    this.seen += objects;
    this.remaining = remaining;
    if (performance.now() - this.toldAt >= mostOftenMs) this.report(kind);
  }

  private report(kind: EntityKind | undefined): void {
    if (this.listener === undefined) return;
    this.toldAt = performance.now();
    const seconds = (this.toldAt - this.startedAt) / 1_000;
    const rate = seconds > 0 ? this.seen / seconds : 0;
    const { remaining } = this;
    tell(this.listener, {
      ...this.about,
      phase: this.phase,
      ...(kind === undefined ? {} : { kind }),
      seen: this.seen,
      ...(remaining === undefined ? {} : { total: this.seen + remaining }),
      ratePerSecond: Math.round(rate),
      ...(remaining === undefined || rate === 0 ? {} : { etaSeconds: Math.ceil(remaining / rate) }),
    });
  }
}
