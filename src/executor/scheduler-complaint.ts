import { z } from 'zod';
import type { KubernetesObject } from '../kubernetes/index.js';
import { conditionsSchema } from './conditions.js';
import type { FencedCluster } from './fenced-cluster.js';

const podSchema = z.object({
  status: z.object({ conditions: conditionsSchema }).partial().optional(),
});

/** What the scheduler says of a Pod that no node takes; `undefined` where it is content. */
export const schedulerWords = (pod: KubernetesObject): string | undefined =>
  (podSchema.parse(pod).status?.conditions ?? []).find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  )?.message;

/**
 * What the scheduler says now of the Pod of a machine. KubeVirt copies its first words only to the
 * instance, and the reason may have become another one since.
 */
export async function schedulerComplaint(
  cluster: FencedCluster,
  machine: string,
): Promise<string | undefined> {
  const pod = await cluster.podWith(`vm.kubevirt.io/name=${machine}`);
  return pod === undefined ? undefined : schedulerWords(pod);
}
