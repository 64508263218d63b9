import { objectKey, type KubernetesObject } from '../kubernetes-object.js';

/** Which version of each object a watcher has seen, by `<namespace>/<name>`. */
export type KnownVersions = Map<string, string>;

export const keyOf = (object: KubernetesObject): string => objectKey(object.metadata);

export const versionOf = (object: KubernetesObject): string =>
  object.metadata.resourceVersion ?? '';

const decimal = /^\d+$/u;

/**
 * Whether a resource version is older than or equal to another one. The API promises an order of
 * decimal versions of one resource; versions of another form are never taken as old.
 */
export function isNotAfter(version: string, floor: string): boolean {
  if (!decimal.test(version) || !decimal.test(floor)) return false;
  return version.length === floor.length ? version <= floor : version.length < floor.length;
}
