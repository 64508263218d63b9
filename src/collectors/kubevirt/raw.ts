import type { EntityKind } from '../../graph/model/index.js';
import { objectKey, type KubernetesObject, type ResourceName } from '../../kubernetes/index.js';
import type { RawObject } from '../contract.js';

/**
 * The raw form of objects of a target cluster: what the reader writes, what a bundle holds and
 * what `map` reads.
 *
 * - `type` is the kind of the model that it becomes; `externalId` is `<namespace>/<name>`, or the
 *   name alone where there is no namespace. The cluster itself is `cluster`.
 * - `body` is the object as the API gives it, without `managedFields`, without what the last
 *   `kubectl apply` sent, without images and without secrets (see {@link withoutSecrets}).
 *
 * Keys that begin with `$` are added by the reader, so that one object alone says all that `map`
 * needs, and a replay in any order gives the same graph:
 *
 * | key | on | value |
 * | --- | --- | --- |
 * | `$instance` | VirtualMachine | `{ spec, status }` of its running instance |
 * | `$claims` | VirtualMachine | `{ [claim]: { capacityBytes, storageClass, volumeMode } }` |
 * | `$requested` | Node | `{ cpuMillis, memoryBytes }` that its pods asked for |
 * | `$networkState` | Node | `status.currentState` of its NodeNetworkState |
 * | `$profile` | StorageClass | `status` of its StorageProfile |
 * | `$capacityBytes` | StorageClass | free capacity that its driver publishes |
 */
export const clusterExternalId = 'cluster';

/** Which resource becomes which kind, in the order of a full read. */
export const readSteps = [
  { resource: 'namespace', kind: 'Namespace' },
  { resource: 'node', kind: 'Node' },
  { resource: 'resourceQuota', kind: 'ResourceQuota' },
  { resource: 'storageClass', kind: 'StorageClass' },
  { resource: 'networkAttachment', kind: 'NetworkAttachment' },
  { resource: 'nodeNetworkPolicy', kind: 'NodeNetworkPolicy' },
  { resource: 'persistentVolumeClaim', kind: 'PersistentVolumeClaim' },
  { resource: 'dataVolume', kind: 'DataVolume' },
  { resource: 'clusterInstanceType', kind: 'InstanceType' },
  { resource: 'instanceType', kind: 'InstanceType' },
  { resource: 'clusterPreference', kind: 'Preference' },
  { resource: 'preference', kind: 'Preference' },
  { resource: 'virtualMachine', kind: 'VirtualMachine' },
] as const satisfies readonly { readonly resource: ResourceName; readonly kind: EntityKind }[];

export type ReadStep = (typeof readSteps)[number];

/** Resources that only complete objects of other ones. */
export const companionResources = [
  'virtualMachineInstance',
  'storageProfile',
  'nodeNetworkState',
  'kubeVirt',
  'cdi',
] as const satisfies readonly ResourceName[];

/** Keys whose values may hold passwords and keys of guests or switches. */
const secretKey = /^(?:userData|networkData)(?:Base64)?$|password|passphrase|private-?key|^psk$/iu;

/** Parts that nothing here reads and that are large, change all the time, or hold copies of all. */
const leftOut = new Set(['managedFields', 'images', 'volumesAttached', 'volumesInUse']);

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** A copy without secrets and without what is never read. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !leftOut.has(key) && key !== lastApplied && !secretKey.test(key))
      .map(([key, field]) => [key, withoutSecrets(field)]),
  );
}

/** The raw form of an object, with what the reader adds to it. */
export function rawObject(
  kind: EntityKind,
  object: KubernetesObject,
  added: Readonly<Record<string, unknown>> = {},
): RawObject {
  const body = Object.fromEntries(
    Object.entries({ ...object, ...added }).map(([key, field]) => [key, withoutSecrets(field)]),
  );
  return { type: kind, externalId: objectKey(object.metadata), body };
}
