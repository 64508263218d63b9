import type { Connections } from '../../src/executor/index.js';
import { FailureReason, KubernetesError, type Cluster } from '../../src/kubernetes/index.js';

type Write = 'create' | 'patch' | 'remove';
const writes: ReadonlySet<string | symbol> = new Set<Write>(['create', 'patch', 'remove']);

/**
 * A cluster that takes every write once and loses the answer: the call is made on the real API
 * server, then reported as timed out. Repeating the same write is answered.
 */
function losingAnswers(cluster: Cluster, lost: string[]): Cluster {
  const seen = new Set<string>();
  return new Proxy(cluster, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as (...args: readonly unknown[]) => unknown;
      if (!writes.has(property)) return method;
      return async (...args: readonly unknown[]) => {
        const result = await method(...args);
        const key = `${String(property)} ${JSON.stringify(args.slice(0, 2))}`;
        if (seen.has(key)) return result;
        seen.add(key);
        lost.push(key);
        throw new KubernetesError(
          { verb: String(property), resource: 'any' },
          {
            reason: FailureReason.timeout,
            why: 'the answer did not arrive in time',
            remedy: 'Try again',
            retryable: true,
          },
        );
      };
    },
  });
}

/** Connections whose cluster loses the answer to every write the first time. */
export function connectionsLosingAnswers(
  connections: Connections,
): Connections & { readonly lost: readonly string[] } {
  const lost: string[] = [];
  let losing: Promise<Cluster> | undefined;
  return {
    ...connections,
    lost,
    cluster: (id, signal) => {
      losing ??= connections.cluster(id, signal).then((cluster) => losingAnswers(cluster, lost));
      return losing;
    },
  };
}
