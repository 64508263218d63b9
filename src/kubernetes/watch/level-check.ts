import type { KubernetesObject, ObjectName, Resource } from '../kubernetes-object.js';
import { listPages, type Selection } from '../list.js';
import type { Transport } from '../transport.js';
import { getObject } from '../write.js';
import { keyOf, versionOf, type KnownVersions } from './versions.js';

/** How what a cluster has now differs from what a watcher has seen. */
export interface LevelCheck {
  /** Keys of objects that are new or have another version. */
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Version that the comparison stands for. */
  readonly resourceVersion: string;
}

/** Above this many changed objects a whole list is cheaper than one call each. */
const singleReads = 50;

export function nameOfKey(key: string): ObjectName {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/**
 * Compares by names and versions alone, which is a fraction of a whole list. Nothing counts as
 * removed unless every page was read.
 */
export async function checkLevel(
  transport: Transport,
  resource: Resource,
  known: KnownVersions,
  selection: Selection,
  signal: AbortSignal,
): Promise<LevelCheck> {
  const present = new Set<string>();
  const changed: string[] = [];
  let resourceVersion = '';
  const pages = listPages(transport, resource, { ...selection, metadataOnly: true, signal });
  for await (const page of pages) {
    for (const object of page.objects) {
      const key = keyOf(object);
      present.add(key);
      if (known.get(key) !== versionOf(object)) changed.push(key);
    }
    resourceVersion = page.resourceVersion;
  }
  return {
    resourceVersion,
    changed,
    removed: [...known.keys()].filter((key) => !present.has(key)),
  };
}

/** Reads the objects of the keys: one by one where they are few, else from a whole list. */
export async function* readObjects(
  transport: Transport,
  resource: Resource,
  keys: readonly string[],
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<KubernetesObject, void, undefined> {
  if (keys.length <= singleReads) {
    for (const key of keys) {
      const object = await getObject(transport, resource, nameOfKey(key), signal);
      if (object !== undefined) yield object;
    }
    return;
  }
  const wanted = new Set(keys);
  for await (const page of listPages(transport, resource, { ...selection, signal })) {
    for (const object of page.objects) if (wanted.has(keyOf(object))) yield object;
  }
}
