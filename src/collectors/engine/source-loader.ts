import { entityId, type AnyRecord, type EntityKind, type Graph } from '../../graph/index.js';
import {
  prepareRecord,
  writeChanged,
  writeCreated,
  writeRemoved,
  type BuriedEntity,
  type ChangedRecord,
  type CreatedRecord,
  type LoadStamp,
  type OwnedParts,
  type PreparedRecord,
} from '../../graph/loader/index.js';
import type { AnyCollector } from '../any-collector.js';
import type { MappedObject, MappingContext, RawObject } from '../contract.js';
import type { KnownEntities } from './known-entities.js';
import { Counter } from './sync-counts.js';
import { SyncNotes } from './sync-notes.js';
import { TouchedDisks } from './touched-disks.js';
import type { WaitingRecords } from './waiting-records.js';

/** Rows of one transaction. */
const mostRows = 5_000;
/** Relationships of one transaction: a few objects may have very many. */
const mostEdges = 20_000;
const mostChanged = 1_000;

export interface LoaderOptions {
  readonly graph: Graph;
  readonly collector: AnyCollector;
  readonly known: KnownEntities;
  readonly source: string;
  readonly sync: number;
  readonly lastComplete: number;
  readonly memory: MappingContext['memory'];
  readonly waiting: WaitingRecords;
  /** Kinds that objects of a source type turned out to be; the loader adds to it. */
  readonly kindsOfType: Map<string, Set<EntityKind>>;
  /**
   * A stream of changes has no end at which to resolve what waits: records are written at once
   * without the relationships whose other end is unknown, and again when all ends are known.
   */
  readonly endless: boolean;
}

/**
 * Takes raw objects of one sync and brings the graph to what they say. Compares in memory, gathers
 * what is new or may have changed, and writes it in batches, one while the next is gathered.
 */
export class SourceLoader {
  readonly counts = new Counter();
  readonly notes = new SyncNotes();
  readonly touchedDisks = new TouchedDisks();
  private created = new Map<string, PreparedRecord>();
  private changed = new Map<string, PreparedRecord>();
  private edges = 0;
  private batch = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly options: LoaderOptions) {}

  /** Maps an object and gathers its records. */
  async take(object: RawObject): Promise<readonly AnyRecord[]> {
    const mapped = this.map(object);
    for (const omission of mapped.omissions) this.notes.omissions.add(omission);
    this.learn(object.type, mapped.records[0]?.kind);
    for (const prepared of this.prepare(mapped)) {
      this.gather(prepared);
      if (this.isFull()) await this.flush();
    }
    return mapped.records;
  }

  /** Starts writing what was gathered, after what is being written. */
  async flush(): Promise<void> {
    await this.writing;
    const { created, changed } = await this.cut();
    if (created.length + changed.length === 0) return;
    this.writing = this.write(created, changed);
    // Whoever awaits it next sees the failure; until then it must not count as unhandled.
    this.writing.catch(() => undefined);
  }

  /** Writes all that was gathered, and what waited for it. */
  async settle(): Promise<void> {
    await this.flush();
    await this.writing;
    const again: ChangedRecord[] = [];
    for await (const record of this.options.waiting.drain()) {
      const changed = this.withKnownEnds(record);
      if (this.options.endless && !changed.complete) {
        await this.options.waiting.add(record);
        continue;
      }
      again.push(changed);
      if (again.length >= mostChanged) await this.writeChanges(again.splice(0));
    }
    await this.writeChanges(again);
  }

  /** Buries entities that are live as far as is known, with their parts. */
  async remove(entities: readonly BuriedEntity[]): Promise<void> {
    const live = entities.filter(({ id }) => this.options.known.isLive(id));
    if (live.length === 0) return;
    this.buried(await writeRemoved(this.options.graph, live, this.stamp()));
  }

  /** Marks the next batch, also one that somebody else writes for this sync. */
  stamp(): LoadStamp {
    const { source, sync, lastComplete } = this.options;
    this.batch += 1;
    return { source, sync, lastComplete, batch: this.batch, at: new Date().toISOString() };
  }

  private map(object: RawObject): MappedObject {
    const { collector, source, memory } = this.options;
    try {
      return collector.map(object, { sourceId: source, memory });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const { externalId, type } = object;
      const what = `${type} could not be understood`;
      return { records: [], owned: [], omissions: [{ kind: 'source', externalId, what, why }] };
    }
  }

  private learn(type: string, kind: EntityKind | undefined): void {
    if (kind === undefined) return;
    const kinds = this.options.kindsOfType.get(type);
    if (kinds === undefined) this.options.kindsOfType.set(type, new Set([kind]));
    else kinds.add(kind);
  }

  private prepare({ records, owned }: MappedObject): PreparedRecord[] {
    const { source } = this.options;
    const [first] = records;
    if (first === undefined) return [];
    const owner = entityId(source, first.kind, first.externalId);
    const isPart = (record: AnyRecord): boolean => record !== first && owned.includes(record.kind);
    const ids = records
      .filter(isPart)
      .map(({ kind, externalId }) => entityId(source, kind, externalId));
    const parts: OwnedParts | undefined = owned.length === 0 ? undefined : { kinds: owned, ids };
    return records.map((record) => {
      const { record: prepared, unusable } = prepareRecord(
        record,
        source,
        isPart(record) ? owner : undefined,
        record === first ? parts : undefined,
      );
      const { kind, externalId } = record;
      for (const { what, why } of unusable) {
        this.notes.omissions.add({ kind, externalId, what, why });
      }
      return prepared;
    });
  }

  private gather(record: PreparedRecord): void {
    const { known } = this.options;
    const { id, kind, hash } = record;
    const first = !known.wasSeen(id);
    const standing = known.standing(id, hash);
    known.see(id, kind, hash);
    if (first) this.counts.add(kind, 'seen');
    if (standing === 'unchanged') {
      if (first) this.counts.add(kind, 'unchanged');
      return;
    }
    this.edges += record.edges.length;
    this.touchedDisks.add(id, kind);
    if (standing === 'new') this.counts.add(kind, 'added');
    if (standing === 'new' || this.created.has(id)) this.created.set(id, record);
    else this.changed.set(id, record);
  }

  private isFull(): boolean {
    return (
      this.created.size >= mostRows || this.changed.size >= mostChanged || this.edges >= mostEdges
    );
  }

  private async cut(): Promise<{ created: CreatedRecord[]; changed: ChangedRecord[] }> {
    const created: CreatedRecord[] = [];
    const changed: ChangedRecord[] = [];
    for (const record of this.created.values()) {
      const edges = record.edges.filter(({ target }) => this.options.known.has(target));
      const complete = edges.length === record.edges.length;
      created.push({ record, edges, complete });
      if (!complete) await this.options.waiting.add(record);
    }
    for (const record of this.changed.values()) {
      const complete = record.edges.every(({ target }) => this.options.known.has(target));
      if (!complete) await this.options.waiting.add(record);
      if (complete || this.options.endless) changed.push(this.withKnownEnds(record));
    }
    this.created = new Map();
    this.changed = new Map();
    this.edges = 0;
    return { created, changed };
  }

  private async write(created: CreatedRecord[], changed: ChangedRecord[]): Promise<void> {
    if (created.length > 0) await writeCreated(this.options.graph, created, this.stamp());
    await this.writeChanges(changed);
  }

  private async writeChanges(records: readonly ChangedRecord[]): Promise<void> {
    if (records.length === 0) return;
    const { outcomes, buried } = await writeChanged(this.options.graph, records, this.stamp());
    for (const { kind, outcome } of outcomes) {
      if (outcome !== 'completed') this.counts.add(kind, outcome);
    }
    this.buried(buried);
  }

  private buried(entities: readonly BuriedEntity[]): void {
    for (const { id, kind } of entities) {
      this.options.known.remove(id, kind);
      this.touchedDisks.add(id, kind);
      this.counts.add(kind, 'removed');
    }
  }

  private withKnownEnds(record: PreparedRecord): ChangedRecord {
    const { known } = this.options;
    const edges = record.edges.filter(({ target }) => known.has(target));
    for (const { edge, target } of record.edges) {
      if (!known.has(target)) this.notes.dangling.add({ entity: record.id, edge, target });
    }
    const complete = edges.length === record.edges.length;
    return { record: { ...record, edges }, complete };
  }
}

/** An entity by what it is called in the source. */
export const entityToRemove = (
  source: string,
  kind: EntityKind,
  externalId: string,
): BuriedEntity => ({ id: entityId(source, kind, externalId), kind, name: externalId });
