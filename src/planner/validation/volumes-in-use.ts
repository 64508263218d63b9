import { z } from 'zod';
import { defineQuery, type Graph } from '../../graph/index.js';
import {
  KubernetesError,
  labels,
  resources,
  type KubernetesObject,
} from '../../kubernetes/index.js';
import type { Plan } from '../record/plan.js';
import type { LiveTarget, TargetCluster } from './target-cluster.js';

export const volumesInUseQuery = defineQuery({
  file: 'plan/volumes-in-use',
  params: z.object({
    target: z.string(),
    namespace: z.string(),
    names: z.array(z.string()),
    label: z.string(),
  }),
  row: z.object({ name: z.string() }),
});

const ownersSchema = z.object({
  ownerReferences: z.array(z.object({ kind: z.string() })).default([]),
});

/** What is on its way out is waited for by the run; a claim goes with its DataVolume. */
const stays = ({ metadata }: KubernetesObject): boolean =>
  (metadata.deletionTimestamp ?? undefined) === undefined &&
  !ownersSchema
    .parse(metadata)
    .ownerReferences.some(({ kind }) => kind === resources.dataVolume.kind);

const holderOf = ({ metadata }: KubernetesObject, kind: string, plan: string): string =>
  metadata.labels?.[labels.plan] === plan
    ? `a ${kind} of this name was kept by an earlier run of the plan`
    : `the namespace has a ${kind} of this name`;

async function askTarget(
  list: NonNullable<TargetCluster['list']>,
  { id, namespace }: Plan,
  names: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const taken = new Map<string, string>();
  for (const resource of [resources.persistentVolumeClaim, resources.dataVolume]) {
    const { objects } = await list(resource, { namespace, metadataOnly: true, signal });
    for (const object of objects) {
      const { name } = object.metadata;
      if (names.has(name) && stays(object)) taken.set(name, holderOf(object, resource.kind, id));
    }
  }
  return taken;
}

/**
 * Names of volumes that the namespace has already, with who has each. The target itself is asked,
 * since the inventory may be from before or amid a run; where it cannot be, the inventory says it,
 * and what carries the plan's label is passed over.
 */
export async function volumesInUse(
  graph: Graph,
  plan: Plan,
  names: readonly string[],
  { cluster, signal }: LiveTarget,
): Promise<ReadonlyMap<string, string>> {
  try {
    if (cluster?.list !== undefined) {
      return await askTarget(cluster.list.bind(cluster), plan, new Set(names), signal);
    }
  } catch (error) {
    // Whether the target answers at all is a finding of its own.
    if (!(error instanceof KubernetesError)) throw error;
  }
  const { target, namespace, id } = plan;
  const label = `${labels.plan}=${id}`;
  const rows = await graph.read(volumesInUseQuery, { target, namespace, names: [...names], label });
  return new Map(
    rows.map(({ name }) => [name, 'the namespace has a claim or volume of this name']),
  );
}
