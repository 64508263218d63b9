import type { ParamsOf, RowOf } from '../../graph/index.js';
import type { Graph } from '../../graph/index.js';
import { invalidSourceId, unknownSource } from './source-error.js';
import {
  beginSourceRemoval,
  listSources,
  markStaleEntities,
  markStaleSources,
  removeSource,
  removeSourceEntities,
  removeSourceHistory,
  saveSource,
  sealedSource,
  unfinishedSources,
} from './source-queries.js';

/** A registered source, without its credentials. */
export type RegisteredSource = RowOf<typeof listSources>;

type Saved = ParamsOf<typeof saveSource>;

/** What a person or a verification says about a source; what is left out stays as it is. */
export interface SourceFacts extends Pick<Saved, 'id' | 'name' | 'kind'> {
  readonly address?: string;
  /** SHA-256 fingerprint of the accepted certificate. */
  readonly fingerprint?: string;
  readonly product?: string;
  readonly version?: string;
  readonly instanceId?: string;
  /** Configuration without secrets; kept as JSON. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Secrets, sealed by whoever holds the key; opaque here. */
  readonly sealed?: string;
  /** How often it promises to be read; 3 intervals without a read make it stale. */
  readonly intervalSeconds?: number;
}

const draftLifeMs = 24 * 3_600_000;
const rowsPerQuery = 2_000;
const validId = /^[a-z0-9][a-z0-9.-]{0,63}$/u;

function parameters(
  facts: SourceFacts,
  state: Saved['state'],
  now: Date,
  expiresAt: string | null,
): Saved {
  if (!validId.test(facts.id)) throw invalidSourceId(facts.id);
  return {
    id: facts.id,
    name: facts.name,
    kind: facts.kind,
    state,
    address: facts.address ?? null,
    fingerprint: facts.fingerprint ?? null,
    product: facts.product ?? null,
    version: facts.version ?? null,
    instanceId: facts.instanceId ?? null,
    settings: facts.settings === undefined ? null : JSON.stringify(facts.settings),
    sealed: facts.sealed ?? null,
    intervalSeconds: facts.intervalSeconds ?? null,
    expiresAt,
    at: now.toISOString(),
  };
}

/** Repeats a bounded removal or marking until it finds nothing more. */
async function untilNone(step: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await step();
    total += done;
    if (done < rowsPerQuery) return total;
  }
}

/** The sources of this installation, kept in the graph. */
export class SourceRegistry {
  constructor(
    private readonly graph: Graph,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Keeps what a person entered while it is verified; gone after a day unless saved. */
  async draft(facts: SourceFacts): Promise<void> {
    const now = this.now();
    const expiresAt = new Date(now.getTime() + draftLifeMs).toISOString();
    await this.graph.write(saveSource, parameters(facts, 'draft', now, expiresAt));
  }

  /** Adds a source, makes a draft permanent, or changes what is known of a source. */
  async save(facts: SourceFacts): Promise<void> {
    await this.graph.write(saveSource, parameters(facts, 'saved', this.now(), null));
  }

  list(): Promise<RegisteredSource[]> {
    return this.graph.read(listSources, { id: null });
  }

  /** @throws SourceError where there is no such source. */
  async get(id: string): Promise<RegisteredSource> {
    const [source] = await this.graph.read(listSources, { id });
    if (source === undefined) throw unknownSource(id);
    return source;
  }

  /** The sealed secrets of a source, where it has some. */
  async sealed(id: string): Promise<string | undefined> {
    const [row] = await this.graph.read(sealedSource, { id });
    if (row === undefined) throw unknownSource(id);
    return row.sealed ?? undefined;
  }

  /**
   * Removes a source with all that was collected from it, in batches. A sync of it that runs ends
   * with an error. Cut short, it is completed by {@link tidy}.
   */
  async remove(id: string): Promise<void> {
    const begun = await this.graph.write(beginSourceRemoval, { id });
    if (begun.length === 0) throw unknownSource(id);
    const params = { id, limit: rowsPerQuery };
    for (const query of [removeSourceEntities, removeSourceHistory]) {
      await untilNone(async () => (await this.graph.write(query, params))[0]?.removed ?? 0);
    }
    await this.graph.write(removeSource, { id });
  }

  /** Removes expired drafts and completes removals that were cut short. To be called now and then. */
  async tidy(): Promise<void> {
    const rows = await this.graph.read(unfinishedSources, { now: this.now().toISOString() });
    for (const { id } of rows) await this.remove(id);
  }

  /**
   * Marks sources that owe a read for longer than three intervals, and their entities, and takes
   * the mark from those that were read again. To be called every minute or so.
   *
   * @returns ids of the sources whose mark changed.
   */
  async markStale(): Promise<string[]> {
    const rows = await this.graph.write(markStaleSources, { now: this.now().toISOString() });
    for (const { id, stale } of rows) {
      const params = { id, stale, limit: rowsPerQuery };
      await untilNone(
        async () => (await this.graph.write(markStaleEntities, params))[0]?.marked ?? 0,
      );
    }
    return rows.map(({ id }) => id);
  }
}
