import { VimFaultError } from '../errors.js';
import { retrieve } from '../property-collector.js';
import type { ManagedObjectReference } from '../raw.js';
import type { VimClient } from '../vim-client.js';

/** Properties of one object by path; `undefined` where the source no longer knows the object. */
export async function readObject(
  client: VimClient,
  reference: ManagedObjectReference,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const filter = { paths: { [reference.type]: paths }, objects: [reference], steps: [] };
    const { objects } = await retrieve(client, filter, 1, signal);
    const [object] = objects;
    if (object === undefined) return undefined;
    return Object.fromEntries(object.propSet.map(({ name, val }) => [name, val]));
  } catch (error) {
    if (error instanceof VimFaultError && error.fault === 'ManagedObjectNotFound') return undefined;
    throw error;
  }
}
