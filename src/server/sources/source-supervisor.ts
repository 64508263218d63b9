import {
  SyncEngine,
  type AnyCollector,
  type SourceWatcher,
  type SyncApplied,
  type SyncReport,
} from '../../collectors/engine/index.js';
import type { RegisteredSource, SourceRegistry } from '../../collectors/sources/index.js';
import type { EventBus } from '../../events/index.js';
import type { Graph } from '../../graph/index.js';
import type { Logger } from '../../telemetry/logger.js';
import type { CredentialVault } from '../credentials/index.js';
import type { CollectorTable } from './collector-table.js';
import { ConcernEvaluation } from './concern-evaluation.js';
import { openConfiguration } from './source-configuration.js';
import { malformedConfiguration, notFollowed, unknownKind } from './source-service-error.js';

export interface SourceSupervisorParts {
  readonly graph: Graph;
  readonly registry: SourceRegistry;
  readonly vault: CredentialVault;
  readonly collectors: CollectorTable;
  readonly events: EventBus;
  readonly logger: Logger;
  /** Time between two complete reads where the source sets none, in milliseconds. */
  readonly intervalMs: number;
}

interface FollowedSource {
  readonly watcher: SourceWatcher;
  /** What the watcher was started with: it is started anew when this changes. */
  readonly settings: string;
  readonly timer: NodeJS.Timeout;
  ended: boolean;
}

const roundMs = 60_000;
/** A timer that is set for longer fires at once. */
const longestTimerMs = 2 ** 31 - 1;

function totals({ counts }: SyncApplied): Record<'added' | 'changed' | 'removed', number> {
  const sum = { added: 0, changed: 0, removed: 0 };
  for (const { added, changed, removed } of Object.values(counts)) {
    sum.added += added;
    sum.changed += changed;
    sum.removed += removed;
  }
  return sum;
}

/**
 * Keeps every saved source current: one watcher each, a complete read at its interval, concerns
 * evaluated after each change, and the upkeep of the registry. Several servers may run one; each
 * source is read by whoever holds its lease.
 */
export class SourceSupervisor {
  private readonly followed = new Map<string, FollowedSource>();
  private readonly engine: SyncEngine;
  private readonly evaluation: ConcernEvaluation;
  private round: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly parts: SourceSupervisorParts) {
    const { graph, events } = parts;
    this.evaluation = new ConcernEvaluation(parts);
    this.engine = new SyncEngine({
      graph,
      onProgress: (progress) => {
        events.publish('syncProgress', progress);
      },
      onApplied: (applied) => {
        const { source, sync, mode } = applied;
        events.publish('inventoryChanged', { source, sync, mode, ...totals(applied) });
        void this.evaluation.changed(source, sync);
      },
    });
  }

  /** Follows all saved sources from now on. */
  start(): void {
    this.timer = setInterval(() => void this.look(), roundMs);
    void this.look();
  }

  /** Looks at the registry now: starts what was saved, restarts what was changed, ends what is gone. */
  look(): Promise<void> {
    this.round = this.round.then(async () => {
      try {
        await this.reconcile();
      } catch (error) {
        this.parts.logger.warn({ err: error }, 'The sources could not be looked at');
      }
    });
    return this.round;
  }

  /**
   * A complete read now.
   *
   * @throws SourceServiceError where the source is not saved, else as the engine does.
   */
  async sync(
    id: string,
    options: { readonly confirmRemovals?: boolean } = {},
  ): Promise<SyncReport> {
    const source = await this.parts.registry.get(id);
    if (source.state !== 'saved') throw notFollowed(id);
    const current = this.followed.get(id);
    if (current?.ended === true) await this.forget(id);
    await this.look();
    const followed = this.followed.get(id) ?? (await this.follow(source));
    return followed.watcher.requestFullSync(options);
  }

  /**
   * Loads what stands for a source, such as a bundle: everything at once, and nothing to follow.
   *
   * @throws as the engine does.
   */
  load(id: string, collector: AnyCollector, configuration: unknown): Promise<SyncReport> {
    return this.engine.sync({ source: id, collector, configuration }, { mode: 'replay' });
  }

  /** Ends all watchers and waits until their sessions at the sources are closed. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.round;
    await Promise.all([...this.followed.keys()].map((id) => this.forget(id)));
    await this.evaluation.stop();
  }

  private async reconcile(): Promise<void> {
    const { registry, collectors } = this.parts;
    if (this.stopped) return;
    await registry.tidy();
    const sources = await registry.list();
    const wanted = sources.filter(({ state, kind }) => state === 'saved' && kind in collectors);
    for (const id of this.followed.keys()) {
      if (!wanted.some((source) => source.id === id)) await this.forget(id);
    }
    for (const source of wanted) await this.followAsSaved(source);
    await registry.markStale();
  }

  private async followAsSaved(source: RegisteredSource): Promise<void> {
    // A source that came from a bundle has no credentials, and nothing that could be read again.
    if ((await this.parts.registry.sealed(source.id)) === undefined) return;
    const current = this.followed.get(source.id);
    if (current?.settings === (await this.settingsOf(source))) return;
    if (current !== undefined) await this.forget(source.id);
    try {
      await this.follow(source);
    } catch (error) {
      this.parts.logger.error({ err: error, source: source.id }, 'A source cannot be followed');
    }
  }

  /** Everything by which a watcher could become another one. */
  private async settingsOf({ id, settings, intervalSeconds }: RegisteredSource): Promise<string> {
    return JSON.stringify([settings, intervalSeconds, await this.parts.registry.sealed(id)]);
  }

  private async follow(source: RegisteredSource): Promise<FollowedSource> {
    const { registry, vault, collectors, logger, intervalMs } = this.parts;
    const { id, kind, intervalSeconds } = source;
    const entry = collectors[kind];
    if (entry === undefined) throw unknownKind(kind, Object.keys(collectors));
    const entered = await openConfiguration(registry, vault, id);
    const parsed = entry.collector.configuration.safeParse(entered);
    if (!parsed.success) throw malformedConfiguration(id, parsed.error);
    const watcher = this.engine.watch({
      source: id,
      collector: entry.collector,
      configuration: parsed.data,
    });
    const everyMs = intervalSeconds === null ? intervalMs : intervalSeconds * 1_000;
    const followed: FollowedSource = {
      watcher,
      settings: await this.settingsOf(source),
      timer: setInterval(
        () => {
          this.readAgain(id);
        },
        Math.min(everyMs, longestTimerMs),
      ),
      ended: false,
    };
    watcher.done.catch((error: unknown) => {
      followed.ended = true;
      logger.error({ err: error, source: id }, 'A source needs a person; it is tried again later');
    });
    this.followed.set(id, followed);
    return followed;
  }

  /** At the interval of a source. One that ended with an error gets another chance only now. */
  private readAgain(id: string): void {
    this.sync(id).catch((error: unknown) => {
      if (!this.stopped) this.parts.logger.warn({ err: error, source: id }, 'A sync failed');
    });
  }

  private async forget(id: string): Promise<void> {
    const followed = this.followed.get(id);
    if (followed === undefined) return;
    this.followed.delete(id);
    clearInterval(followed.timer);
    await followed.watcher.stop();
  }
}
