import type { Graph } from '../../graph/query/graph.js';
import { currentRevision, revisionCounter } from '../evaluation/record-queries.js';
import { evaluatedMachines } from './analysis-queries.js';

/** How entries are read for the machines that were evaluated after a revision, and put together. */
export interface RevisionReader<Entry, View> {
  read(graph: Graph, after: number): AsyncIterable<readonly [id: string, entry: Entry]>;
  build(entries: ReadonlyMap<string, Entry>): View;
}

const noView = (): void => undefined;

/**
 * A view over all evaluated machines of a graph, kept in memory. Each use asks for the number of
 * the last evaluation batch and reads only the machines that were evaluated since. Memory grows
 * with the number of machines: some hundred bytes for each.
 */
class RevisionCache<Entry, View> {
  private readonly entries = new Map<string, Entry>();
  private revision = 0;
  private removals = 0;
  private built: View | undefined;
  private refreshing: Promise<View> | undefined;
  private following: Promise<View> | undefined;

  constructor(
    private readonly graph: Graph,
    private readonly reader: RevisionReader<Entry, View>,
  ) {}

  /**
   * Callers at the same time share refreshes, so no caller's signal may end one. Who comes while one
   * runs waits for the next: the one that runs may have missed what that caller has just written.
   */
  view(): Promise<View> {
    const { refreshing } = this;
    if (refreshing === undefined) {
      this.refreshing = this.refresh().finally(() => (this.refreshing = undefined));
      return this.refreshing;
    }
    this.following ??= refreshing.then(noView, noView).then(() => {
      this.following = undefined;
      return this.view();
    });
    return this.following;
  }

  private async refresh(): Promise<View> {
    const [now] = await this.graph.read(currentRevision, { counter: revisionCounter });
    const { revision = 0, removals = 0 } = now ?? {};
    // A smaller number means that the database was replaced.
    if (revision < this.revision) this.forget();
    if (this.built !== undefined && revision === this.revision && removals === this.removals) {
      return this.built;
    }
    for await (const [id, entry] of this.reader.read(this.graph, this.revision)) {
      this.entries.set(id, entry);
    }
    if (removals !== this.removals) await this.dropRemoved();
    this.revision = revision;
    this.removals = removals;
    this.built = this.reader.build(this.entries);
    return this.built;
  }

  private async dropRemoved(): Promise<void> {
    const present = new Set<string>();
    for await (const { id } of this.graph.stream(evaluatedMachines, {})) present.add(id);
    for (const id of this.entries.keys()) if (!present.has(id)) this.entries.delete(id);
  }

  private forget(): void {
    this.entries.clear();
    this.revision = 0;
    this.removals = 0;
    this.built = undefined;
  }
}

/** One cache for each graph, for as long as the graph is in use. */
export function cachePerGraph<Entry, View>(
  makeReader: () => RevisionReader<Entry, View>,
): (graph: Graph) => Promise<View> {
  const caches = new WeakMap<Graph, RevisionCache<Entry, View>>();
  return (graph) => {
    const known = caches.get(graph) ?? new RevisionCache(graph, makeReader());
    caches.set(graph, known);
    return known.view();
  };
}
