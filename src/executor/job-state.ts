import { z } from 'zod';
import type { KubernetesObject } from '../kubernetes/index.js';

const jobSchema = z.object({
  status: z
    .object({
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

export type JobState =
  | { readonly type: 'running' }
  | { readonly type: 'complete' }
  | { readonly type: 'failed'; readonly why: string };

/** How a Job stands, from its terminal conditions. */
export function jobState(object: KubernetesObject): JobState {
  const conditions = jobSchema.parse(object).status?.conditions ?? [];
  const holds = (type: string) =>
    conditions.find((condition) => condition.type === type && condition.status === 'True');
  const failure = holds('Failed');
  if (failure !== undefined) {
    return {
      type: 'failed',
      why: `${failure.reason ?? 'Failed'}: ${failure.message ?? 'no message'}`,
    };
  }
  return holds('Complete') === undefined ? { type: 'running' } : { type: 'complete' };
}
