import { connectCluster, type KubeconfigPolicy } from '../../kubernetes/index.js';
import { SourceKind, type Collector } from '../contract.js';
import {
  clusterSecrets,
  kubevirtConfiguration,
  type KubevirtConfiguration,
} from './configuration.js';
import { mapObject } from './map/index.js';
import { nextPage, type KubevirtCursor } from './read.js';
import { KubevirtSession } from './session.js';
import { verifyTarget } from './verify.js';
import { watchChanges } from './watch.js';

export interface KubevirtCollectorOptions {
  /** What an entered kubeconfig may make this server do. @default nothing */
  readonly kubeconfigPolicy?: KubeconfigPolicy;
  /** Time between two comparisons of a watched cluster with its full list, in milliseconds. */
  readonly levelCheckMs?: number;
}

/** Collects a Kubernetes cluster with KubeVirt: the target of migrations. */
export const createKubevirtCollector = ({
  kubeconfigPolicy,
  levelCheckMs,
}: KubevirtCollectorOptions = {}): Collector<
  KubevirtConfiguration,
  KubevirtSession,
  KubevirtCursor
> => ({
  kind: SourceKind.kubevirt,
  configuration: kubevirtConfiguration,
  secrets: clusterSecrets,
  verify: (configuration, signal) => verifyTarget(configuration, signal, kubeconfigPolicy),
  async around(configuration, burst, signal) {
    signal.throwIfAborted();
    const cluster = await connectCluster(configuration, kubeconfigPolicy);
    try {
      return await burst(new KubevirtSession(cluster));
    } finally {
      await cluster.close();
    }
  },
  next: nextPage,
  watch: (session, since, signal) => watchChanges(session, since, signal, levelCheckMs),
  map: mapObject,
});

export const kubevirtCollector = createKubevirtCollector();
