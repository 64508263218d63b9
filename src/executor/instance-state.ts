import { z } from 'zod';
import type { KubernetesObject } from '../kubernetes/index.js';
import { complaintOf, conditionsSchema } from './conditions.js';

const instanceSchema = z.object({
  status: z
    .object({ phase: z.string().optional(), conditions: conditionsSchema, reason: z.string() })
    .partial()
    .optional(),
});

/** How the instance of a target machine stands. */
export interface InstanceState {
  /** Phase in KubeVirt's words; `absent` where there is no instance. */
  readonly phase: string;
  /** The guest runs, and nothing says that it is not ready. */
  readonly ready: boolean;
  /** No node takes its Pod. */
  readonly unschedulable: boolean;
  /** What hinders it, in one sentence; empty where nothing is said. */
  readonly complaint: string;
}

/** Reads an instance. KubeVirt repeats in its conditions what the scheduler says of its Pod. */
export function instanceState(object: KubernetesObject | undefined): InstanceState {
  const status = object === undefined ? undefined : instanceSchema.parse(object).status;
  const conditions = status?.conditions ?? [];
  const phase = status?.phase ?? (object === undefined ? 'absent' : 'Pending');
  const notReady = conditions.some(({ type, status: is }) => type === 'Ready' && is === 'False');
  const unscheduled = conditions.filter(
    ({ type, status: is, reason }) =>
      type === 'PodScheduled' && is === 'False' && reason === 'Unschedulable',
  );
  const telling = unscheduled.length > 0 ? unscheduled : conditions;
  return {
    phase,
    ready: phase === 'Running' && !notReady,
    unschedulable: unscheduled.length > 0,
    complaint: complaintOf(telling) || (status?.reason ?? ''),
  };
}
