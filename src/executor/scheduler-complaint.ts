import { z } from 'zod';
import { conditionsSchema } from './conditions.js';
import type { FencedCluster } from './fenced-cluster.js';

const podSchema = z.object({
  status: z.object({ conditions: conditionsSchema }).partial().optional(),
});

/**
 * What the scheduler says now of the Pod of a machine. KubeVirt copies its first words only to the
 * instance, and the reason may have become another one since.
 */
export async function schedulerComplaint(
  cluster: FencedCluster,
  machine: string,
): Promise<string | undefined> {
  const pod = await cluster.podWith(`vm.kubevirt.io/name=${machine}`);
  if (pod === undefined) return undefined;
  const conditions = podSchema.parse(pod).status?.conditions ?? [];
  return conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
    ?.message;
}
