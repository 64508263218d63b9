import { connectCluster } from '../../kubernetes/index.js';
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

/** Collects a Kubernetes cluster with KubeVirt: the target of migrations. */
export const kubevirtCollector: Collector<KubevirtConfiguration, KubevirtSession, KubevirtCursor> =
  {
    kind: SourceKind.kubevirt,
    configuration: kubevirtConfiguration,
    secrets: clusterSecrets,
    verify: verifyTarget,
    async around(configuration, burst, signal) {
      signal.throwIfAborted();
      const cluster = await connectCluster(configuration);
      try {
        return await burst(new KubevirtSession(cluster));
      } finally {
        await cluster.close();
      }
    },
    next: nextPage,
    watch: watchChanges,
    map: mapObject,
  };
