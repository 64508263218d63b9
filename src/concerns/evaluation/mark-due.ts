import type { Graph, RunOptions } from '../../graph/query/graph.js';
import {
  advance,
  changedPlaces,
  forgetRemovedPlaces,
  forgetRemovedSources,
  markAfterRemovals,
  markAll,
  markAroundPlaces,
  markChanged,
} from './evaluation-queries.js';
import { nextRevision, revisionCounter } from './record-queries.js';

/** A source as `cypher/concern/sources.cypher` gives it. */
export interface EvaluationSource {
  readonly id: string;
  readonly kind: string;
  readonly through: number | null;
  readonly runningSync: number | null;
  readonly lastChange: number | null;
  readonly lastRemoval: number | null;
}

/**
 * The last sync whose changes are all there. A sync that still runs may go on changing things
 * under the same number, so what it changed is looked at again until it ends.
 */
export function settledSync({ runningSync, lastChange, lastRemoval }: EvaluationSource): number {
  const last = Math.max(lastChange ?? 0, lastRemoval ?? 0);
  return runningSync === null ? last : Math.min(last, runningSync - 1);
}

/**
 * After which sync to look for changes. A source that was removed and added again counts its syncs
 * anew, and none of its machines has been evaluated.
 */
function startOf(source: EvaluationSource): number | null {
  const last = Math.max(source.lastChange ?? 0, source.lastRemoval ?? 0);
  return source.through !== null && source.through <= last ? source.through : null;
}

/**
 * Forgets sources that are gone, so that causes of their machines are removed.
 *
 * @returns the number of such sources.
 */
export async function forgetSources(graph: Graph, options: RunOptions): Promise<number> {
  const counter = revisionCounter;
  const [gone] = await graph.write(forgetRemovedSources, { counter }, options);
  const removed = gone?.removed ?? 0;
  if (removed > 0) await graph.write(nextRevision, { counter, removals: 1 }, options);
  return removed;
}

const placesAtOnce = 200;

async function markPlaces(
  graph: Graph,
  range: { readonly source: string; readonly through: number },
  options: RunOptions,
): Promise<void> {
  const places = await graph.read(changedPlaces, range, options);
  for (let start = 0; start < places.length; start += placesAtOnce) {
    const batch = places.slice(start, start + placesAtOnce);
    await graph.write(markAroundPlaces, { source: range.source, places: batch }, options);
  }
}

/**
 * Marks the machines of a source whose evaluation is due, and only then moves on the sync from
 * which the next call starts: a call that is cut off loses no change.
 *
 * @returns the number of machines that were removed since.
 */
export async function markDue(
  graph: Graph,
  source: EvaluationSource,
  full: boolean,
  options: RunOptions,
): Promise<number> {
  const start = startOf(source);
  const range = { source: source.id, through: start ?? -1 };
  // Machines of a source that was never looked at are due without a mark.
  if (start !== null && !full) {
    await graph.write(markChanged, range, options);
    await graph.write(markAfterRemovals, range, options);
  }
  if (full) await graph.write(markAll, { source: source.id }, options);
  const [removed] = await graph.write(forgetRemovedPlaces, range, options);
  await markPlaces(graph, range, options);
  const machines = removed?.machines ?? 0;
  if (machines > 0) {
    await graph.write(nextRevision, { counter: revisionCounter, removals: machines }, options);
  }
  await graph.write(advance, { source: source.id, through: settledSync(source) }, options);
  return removed?.gone ?? 0;
}
