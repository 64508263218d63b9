import { z } from 'zod';
import { resources, type KubernetesObject } from '../kubernetes/index.js';
import { conditionsSchema } from './conditions.js';
import type { ExecutorConfiguration } from './configuration.js';
import type { FencedCluster } from './fenced-cluster.js';
import { schedulerWords } from './scheduler-complaint.js';

const jobSchema = z.object({ status: z.object({ active: z.number() }).partial().optional() });

const containerSchema = z.object({
  state: z
    .object({
      waiting: z.object({ reason: z.string(), message: z.string() }).partial(),
      running: z.unknown(),
      terminated: z.unknown(),
    })
    .partial()
    .optional(),
});

const podSchema = z.object({
  status: z
    .object({
      phase: z.string(),
      conditions: conditionsSchema,
      initContainerStatuses: z.array(containerSchema),
      containerStatuses: z.array(containerSchema),
    })
    .partial()
    .optional(),
});

/** Whether the Pod of a Job runs yet, and what keeps it from that, where it is known. */
export type JobPod =
  | { readonly started: true }
  | {
      readonly started: false;
      readonly why: string;
      /** When the Pod was made (epoch milliseconds); `undefined` where there is none. */
      readonly since: number | undefined;
    };

function podState(pod: KubernetesObject): JobPod {
  const { status } = podSchema.parse(pod);
  const containers = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
  ];
  const begun = containers.some(
    ({ state }) => state?.running !== undefined || state?.terminated !== undefined,
  );
  if (begun || (status?.phase ?? 'Pending') !== 'Pending') return { started: true };
  const held = containers.find(({ state }) => (state?.waiting?.message ?? '') !== '');
  const waiting = held?.state?.waiting;
  const why =
    schedulerWords(pod) ??
    (waiting === undefined
      ? 'its Pod is pending'
      : `${waiting.reason ?? 'waiting'}: ${waiting.message ?? ''}`);
  const made = Date.parse(pod.metadata.creationTimestamp ?? '');
  return { started: false, why, since: Number.isNaN(made) ? undefined : made };
}

/** Looks at the Pod of a Job that has not ended. A Pod that cannot be read counts as started. */
export async function jobPod(cluster: FencedCluster, job: KubernetesObject): Promise<JobPod> {
  const pod = await cluster.podWith(`batch.kubernetes.io/job-name=${job.metadata.name}`);
  if (pod !== undefined) return podState(pod);
  const { active = 0 } = jobSchema.parse(job).status ?? {};
  return active > 0
    ? { started: true }
    : { started: false, why: 'it has no Pod yet', since: undefined };
}

/** What keeps a Job from running, and whether the time for that is over. */
export interface HeldJob {
  readonly why: string;
  readonly givenUp: boolean;
}

/**
 * `undefined` where the Job's Pod runs. A Job that is given up is removed: its Pod, started later,
 * would work on the same disks as that of a retry.
 *
 * @param startedAt when the step was begun (epoch milliseconds).
 */
export async function heldJob(
  cluster: FencedCluster,
  job: KubernetesObject,
  startedAt: number,
  { podStartTimeoutMs }: ExecutorConfiguration,
): Promise<HeldJob | undefined> {
  const pod = await jobPod(cluster, job);
  if (pod.started) return undefined;
  // A second Pod of the same Job has its own time.
  const givenUp = Date.now() - Math.max(startedAt, pod.since ?? 0) >= podStartTimeoutMs;
  if (givenUp) await cluster.remove(resources.job, job);
  return { why: pod.why, givenUp };
}
