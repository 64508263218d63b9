import type { Graph } from '../../graph/query/graph.js';
import type { EvaluatedMachine } from './evaluate-workload.js';
import {
  keepCauses,
  keepConcerns,
  nextRevision,
  recordMachines,
  revisionCounter,
} from './record-queries.js';

/** Order keeps two writers from waiting for each other's locks in a circle. */
const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

const distinct = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  [...new Map(items.map((item) => [item.id, item])).values()].sort(byId);

/**
 * Writes what rules found on a batch of machines, all of it or nothing.
 *
 * @returns the number of concerns and causes that no longer hold.
 */
export async function recordEvaluations(
  graph: Graph,
  evaluated: readonly EvaluatedMachine[],
  stamp: { readonly evaluatedIn: number; readonly catalogue: string; readonly now: string },
  signal?: AbortSignal,
): Promise<number> {
  if (evaluated.length === 0) return 0;
  const { catalogue } = stamp;
  const concerns = distinct(evaluated.flatMap(({ rules }) => rules)).map(
    ({ id, category, label, provider }) => ({ id, category, label, provider }),
  );
  const causes = distinct(evaluated.flatMap((each) => each.causes));
  const machines = evaluated.map(({ machine }) => machine);
  return graph.transaction(
    async (tx) => {
      const counter = { counter: revisionCounter, removals: 0 };
      const [revision] = await tx.run(nextRevision, counter);
      await tx.run(keepConcerns, { concerns, catalogue });
      await tx.run(keepCauses, { causes });
      const [written] = await tx.run(recordMachines, {
        machines,
        ...stamp,
        revision: revision?.revision ?? 0,
      });
      return written?.stale ?? 0;
    },
    signal === undefined ? {} : { signal },
  );
}
