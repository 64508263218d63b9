import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  deriveSharedDisks,
  entityKinds,
  isEntityKind,
  type EntityKind,
  type Graph,
} from '../../graph/index.js';
import type { BuriedEntity } from '../../graph/loader/index.js';
import type { AnyCollector } from '../any-collector.js';
import type { CollectorPage, ProofOfCompleteness } from '../contract.js';
import { KnownEntities } from './known-entities.js';
import { SourceLoader } from './source-loader.js';
import { checkPermit, decideSweep, type SweepPermit } from './sweep-gate.js';
import type { RunningSync, SyncEnd } from './sync-run.js';
import { ProgressMeter, type SyncListeners } from './sync-progress.js';
import { knownEntities, liveEntities } from './sync-queries.js';
import { WaitingRecords } from './waiting-records.js';

const removalsPerBatch = 1_000;
/** Objects that are mapped before the connection to the graph has its turn. */
const objectsInATurn = 50;

/** What a read leaves behind for the stream of changes that follows it. */
export interface SourceMemory {
  readonly known: KnownEntities;
  readonly waiting: WaitingRecords;
  readonly memory: Map<string, unknown>;
  readonly kindsOfType: Map<string, Set<EntityKind>>;
}

async function loadKnown(graph: Graph, source: string): Promise<KnownEntities> {
  const known = new KnownEntities();
  for await (const { id, kind, hash, removed } of graph.stream(knownEntities, { source })) {
    if (isEntityKind(kind)) known.load(id, kind, hash ?? '', removed);
  }
  return known;
}

/** One full read on its way into the graph. */
export class FullSync {
  readonly loader: SourceLoader;
  private readonly meter: ProgressMeter;

  private constructor(
    private readonly graph: Graph,
    private readonly run: RunningSync,
    readonly left: SourceMemory,
    collector: AnyCollector,
    listeners: SyncListeners,
  ) {
    const { source, number: sync, lastComplete } = run;
    this.meter = new ProgressMeter({ source, sync }, listeners.onProgress);
    this.loader = new SourceLoader({
      graph,
      collector,
      source,
      sync,
      lastComplete,
      endless: false,
      ...left,
    });
  }

  static async begin(
    graph: Graph,
    run: RunningSync,
    collector: AnyCollector,
    listeners: SyncListeners,
  ): Promise<FullSync> {
    const left = {
      known: await loadKnown(graph, run.source),
      waiting: new WaitingRecords(),
      memory: new Map<string, unknown>(),
      kindsOfType: new Map<string, Set<EntityKind>>(),
    };
    const sync = new FullSync(graph, run, left, collector, listeners);
    sync.meter.enter('reading');
    return sync;
  }

  async takePage(page: Extract<CollectorPage<unknown>, { type: 'page' }>): Promise<void> {
    for (const omission of page.omissions) this.loader.notes.omissions.add(omission);
    let kind: EntityKind | undefined;
    for (const [place, object] of page.objects.entries()) {
      // Else what is being written would wait for the whole page to be mapped.
      if (place % objectsInATurn === 0) await nextTurn();
      const [first] = await this.loader.take(object);
      kind = first?.kind ?? kind;
    }
    this.meter.read(page.objects.length, page.remaining, kind);
  }

  /** Writes what is left, sweeps as far as the proof allows, and derives. */
  async finish(proof: ProofOfCompleteness, confirmed: boolean): Promise<SyncEnd> {
    this.meter.enter('settling');
    await this.loader.settle();
    const { permit, held } = this.decide(proof, confirmed);
    if (permit !== undefined) await this.sweep(permit);
    this.meter.enter('deriving');
    await deriveSharedDisks(this.graph, this.loader.stamp(), this.loader.touchedDisks.take());
    const asks = held.some(({ reason }) => reason === 'largeRemoval');
    return { status: asks ? 'needsConfirmation' : 'complete', held };
  }

  private decide(proof: ProofOfCompleteness, confirmed: boolean): ReturnType<typeof decideSweep> {
    const { known } = this.left;
    return decideSweep({
      sync: this.run.number,
      proof,
      confirmed,
      kinds: entityKinds.map((kind) => ({
        kind,
        live: known.liveOf(kind),
        seen: known.seenOf(kind),
      })),
    });
  }

  private async sweep(permit: SweepPermit): Promise<void> {
    checkPermit(permit, this.run.number);
    const { known } = this.left;
    const kinds = permit.kinds.filter((kind) => known.liveOf(kind) > known.seenOf(kind));
    if (kinds.length === 0) return;
    this.meter.enter('sweeping');
    let gone: BuriedEntity[] = [];
    const { source } = this.run;
    for await (const { id, kind, name } of this.graph.stream(liveEntities, { source, kinds })) {
      if (!isEntityKind(kind) || known.wasSeen(id)) continue;
      gone.push({ id, kind, name });
      if (gone.length >= removalsPerBatch) {
        await this.loader.remove(gone);
        gone = [];
      }
    }
    await this.loader.remove(gone);
  }
}
