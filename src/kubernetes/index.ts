/**
 * Access to a Kubernetes cluster:
 *
 *     const cluster = await connectCluster(clusterConfiguration.parse({ kubeconfig }));
 *     await cluster.apply(resources.dataVolume, dataVolume, { signal });
 *     for await (const change of cluster.watch(resources.dataVolume, { namespace, signal })) …
 *     await cluster.remove(resources.job, { namespace, name, uid });
 *     await cluster.close();
 *
 * Reads: `get`, `list`, `pages`, `page`, `watch`, `logs`, `version`, `serves`, `review`.
 * Writes: `apply` (server-side, the default), `create`, `patch`, `remove` (by UID), `act`
 * (start, stop). Failures are `KubernetesError`s; `failedFor(error, 'conflict')` tells them apart.
 * Kubeconfigs, contexts and credentials are those of `@kubernetes/client-node`, loaded at the first
 * connection; requests are ours, for what docs/decisions/0007 says.
 */
export {
  clusterConfiguration,
  clusterSecrets,
  type ClusterConfiguration,
} from './access/configuration.js';
export { lookAtCertificate, type ServerCertificate } from './access/certificate.js';
export type { ClusterAccess } from './access/access.js';
export { strictKubeconfigPolicy, type KubeconfigPolicy } from './access/policy.js';
export { resolveAccess } from './access/resolve.js';
export {
  ClusterAccessError,
  FailureReason,
  KubernetesError,
  failedFor,
  type StatusCause,
} from './errors.js';
export { Cluster, connectCluster, type ClusterVersion } from './cluster.js';
export {
  apiVersionOf,
  objectKey,
  qualifiedName,
  type DesiredObject,
  type KubernetesObject,
  type ObjectMeta,
  type ObjectName,
  type Resource,
} from './kubernetes-object.js';
export type { ObjectList, ObjectPage, PageRequest, Selection } from './list.js';
export { resources, type ResourceName } from './resources.js';
export { annotations, labels, managedByValue } from './labels.js';
export { rightName, type Right, type RightReview } from './rights.js';
export type { ObjectChange, WatchRequest } from './watch/supervised-watch.js';
export { nameOfKey } from './watch/level-check.js';
export type { KnownVersions } from './watch/versions.js';
export { fieldManager, type ApplyOptions, type RemoveOptions, type WriteOptions } from './write.js';
