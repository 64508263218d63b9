import { qualifiedName, type KubernetesObject, type Resource } from '../kubernetes/index.js';

/** Where an object of the target is, or is to be. */
export interface ObjectPlace {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
}

/** `kubectl` arguments that point at the object, for remedies. */
export const kubectlTarget = ({ namespace, resource, name }: ObjectPlace): string =>
  `-n ${namespace} ${qualifiedName(resource)}/${name}`;

export const describePlace = ({ resource, namespace, name }: ObjectPlace): string =>
  `${resource.kind} ${namespace}/${name}`;

/** Whether the object is being deleted and only waits for its finalizers. */
export const isLeaving = ({ metadata }: KubernetesObject): boolean =>
  (metadata.deletionTimestamp ?? undefined) !== undefined;
