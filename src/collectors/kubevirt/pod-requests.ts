import { z } from 'zod';
import type { KubernetesObject } from '../../kubernetes/index.js';
import { parseBytes, parseMillis } from '../../kubernetes/quantity.js';

/** What pods asked of a node. */
export interface Requested {
  readonly cpuMillis: number;
  readonly memoryBytes: number;
}

const container = z.object({
  restartPolicy: z.string().optional(),
  resources: z.object({ requests: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});

const pod = z.object({
  spec: z.object({
    nodeName: z.string(),
    containers: z.array(container),
    initContainers: z
      .array(container)
      .nullish()
      .transform((list) => list ?? []),
    overhead: z.record(z.string(), z.unknown()).nullish(),
  }),
});

type Container = z.output<typeof container>;

const requestOf = ({ resources: asked }: Container): Requested => ({
  cpuMillis: parseMillis(asked?.requests?.cpu) ?? 0,
  memoryBytes: parseBytes(asked?.requests?.memory) ?? 0,
});

const add = (one: Requested, other: Requested): Requested => ({
  cpuMillis: one.cpuMillis + other.cpuMillis,
  memoryBytes: one.memoryBytes + other.memoryBytes,
});

const larger = (one: Requested, other: Requested): Requested => ({
  cpuMillis: Math.max(one.cpuMillis, other.cpuMillis),
  memoryBytes: Math.max(one.memoryBytes, other.memoryBytes),
});

const nothing: Requested = { cpuMillis: 0, memoryBytes: 0 };

/**
 * What the scheduler reserves for a pod: containers and sidecars together, or the largest moment
 * of its start where that is more, and the overhead of its runtime class.
 */
export function requestOfPod(object: KubernetesObject): Requested {
  const { data } = pod.safeParse(object);
  if (data === undefined) return nothing;
  const { containers, initContainers, overhead } = data.spec;
  let sidecars = nothing;
  let start = nothing;
  for (const init of initContainers) {
    if (init.restartPolicy === 'Always') {
      sidecars = add(sidecars, requestOf(init));
      start = larger(start, sidecars);
    } else {
      start = larger(start, add(sidecars, requestOf(init)));
    }
  }
  const running = containers.map(requestOf).reduce(add, sidecars);
  return add(larger(running, start), requestOf({ resources: { requests: overhead } }));
}

/** The node a pod was placed on. */
export const nodeOfPod = (object: KubernetesObject): string | undefined =>
  pod.safeParse(object).data?.spec.nodeName;

/** The sum for a node with one more pod. */
export const addRequest = (sum: Requested | undefined, object: KubernetesObject): Requested =>
  add(sum ?? nothing, requestOfPod(object));
