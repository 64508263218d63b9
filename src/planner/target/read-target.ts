import { z } from 'zod';
import { defineQuery, type Graph } from '../../graph/index.js';
import { labels } from '../../kubernetes/index.js';
import { PlanError } from '../planner-error.js';
import { targetFacts, type TargetFacts } from './target-facts.js';

export const targetFactsQuery = defineQuery({
  file: 'plan/target-facts',
  params: z.object({ target: z.string(), namespace: z.string() }),
  row: z.object({ target: targetFacts }),
});

/** @throws PlanError where the source is no target that was collected. */
export async function readTarget(
  graph: Graph,
  target: string,
  namespace: string,
): Promise<TargetFacts> {
  const [row] = await graph.read(targetFactsQuery, { target, namespace });
  if (row !== undefined) return row.target;
  throw new PlanError({
    code: 'plan.target-unknown',
    what: 'The target of the plan is not in the inventory',
    subject: target,
    why: 'no Kubernetes cluster was collected from a source of this id',
    remedy: 'Add the cluster as a source of kind kubevirt, collect it, and use its id.',
  });
}

export const namesInUseQuery = defineQuery({
  file: 'plan/names-in-use',
  params: z.object({
    target: z.string(),
    namespace: z.string(),
    plan: z.string(),
    label: z.string(),
  }),
  row: z.object({ name: z.string(), holder: z.string() }),
});

/**
 * Names of machines that a namespace of the target has, or that other open plans will give it, with
 * who holds each: `target`, or the name of the plan.
 */
export async function namesInUse(
  graph: Graph,
  place: { readonly target: string; readonly namespace: string; readonly plan: string },
): Promise<ReadonlyMap<string, string>> {
  const label = `${labels.plan}=${place.plan}`;
  const rows = await graph.read(namesInUseQuery, { ...place, label });
  return new Map(rows.map(({ name, holder }) => [name, holder]));
}
