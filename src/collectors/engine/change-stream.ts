import { deriveSharedDisks, isEntityKind, type EntityKind, type Graph } from '../../graph/index.js';
import type { BuriedEntity } from '../../graph/loader/index.js';
import type { AnyCollector } from '../any-collector.js';
import type { ChangeBurst, CollectorChange } from '../contract.js';
import type { SourceMemory } from './full-sync.js';
import type { SourceLease } from './source-lease.js';
import { entityToRemove, SourceLoader } from './source-loader.js';
import { tell, type SyncListeners } from './sync-progress.js';
import { beginSync, endSync, type RunningSync, type SyncEnd } from './sync-run.js';

export interface ChangeStreamOptions {
  readonly graph: Graph;
  readonly collector: AnyCollector;
  readonly source: string;
  readonly lease: SourceLease;
  readonly left: SourceMemory;
  readonly listeners: SyncListeners;
  /** After this time a sync of mode `changes` ends and the next change opens another. */
  readonly rotateMs: number;
}

interface OpenSync {
  readonly run: RunningSync;
  readonly loader: SourceLoader;
  readonly openedAt: number;
}

const keyOf = (change: CollectorChange): string =>
  change.type === 'changed'
    ? `${change.object.type} ${change.object.externalId}`
    : `${change.objectType} ${change.externalId}`;

/** Writes what a source announces after a full read, under syncs of mode `changes`. */
export class ChangeStream {
  private open: OpenSync | undefined;
  private broken: string | undefined;

  constructor(private readonly options: ChangeStreamOptions) {}

  /** Applies bursts that came together; of several changes of one object only the last counts. */
  async apply(bursts: readonly ChangeBurst[]): Promise<void> {
    try {
      await this.write(bursts);
    } catch (error) {
      this.broken = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  /** Ends the open sync. */
  async close(): Promise<void> {
    const { open, broken } = this;
    this.open = undefined;
    if (open === undefined) return;
    const end: SyncEnd =
      broken === undefined ? { status: 'complete' } : { status: 'failed', error: broken };
    await endSync(this.options.graph, open.run, open.loader, end);
  }

  private async write(bursts: readonly ChangeBurst[]): Promise<void> {
    const latest = new Map<string, CollectorChange>();
    for (const change of bursts.flatMap(({ changes }) => changes)) {
      latest.delete(keyOf(change));
      latest.set(keyOf(change), change);
    }
    if (latest.size === 0) return;
    const { run, loader } = await this.current();
    const gone: BuriedEntity[] = [];
    for (const change of latest.values()) gone.push(...(await this.applyOne(loader, change)));
    await loader.settle();
    await loader.remove(gone);
    const { graph, source, listeners } = this.options;
    await deriveSharedDisks(graph, loader.stamp(), loader.touchedDisks.take());
    tell(listeners.onApplied, {
      source,
      sync: run.number,
      mode: run.mode,
      counts: loader.counts.snapshot(),
    });
  }

  private async current(): Promise<OpenSync> {
    const { rotateMs, graph, source, lease } = this.options;
    if (this.open !== undefined && performance.now() - this.open.openedAt > rotateMs) {
      await this.close();
    }
    if (this.open === undefined) {
      const run = await beginSync(graph, source, 'changes', lease);
      this.open = { run, loader: this.loader(run), openedAt: performance.now() };
    }
    return this.open;
  }

  private loader({ number: sync, lastComplete }: RunningSync): SourceLoader {
    const { graph, collector, source, left } = this.options;
    return new SourceLoader({
      graph,
      collector,
      source,
      sync,
      lastComplete,
      endless: true,
      ...left,
    });
  }

  /** Returns what the change removes, to be buried after everything else is written. */
  private async applyOne(loader: SourceLoader, change: CollectorChange): Promise<BuriedEntity[]> {
    const { source } = this.options;
    if (change.type === 'removed') {
      return this.kindsOf(change.objectType).map((kind) =>
        entityToRemove(source, kind, change.externalId),
      );
    }
    const { object } = change;
    const [first] = await loader.take(object);
    if (first === undefined) return [];
    // A machine that became a template, or back, is another entity under the same external id.
    return this.kindsOf(object.type)
      .filter((kind) => kind !== first.kind)
      .map((kind) => entityToRemove(source, kind, first.externalId));
  }

  private kindsOf(type: string): EntityKind[] {
    const learned = this.options.left.kindsOfType.get(type) ?? [];
    return [...new Set([...learned, ...(isEntityKind(type) ? [type] : [])])];
  }
}
