import { z } from 'zod';
import type { ClusterClient } from './cluster-client.js';

const groups = z.object({
  groups: z.array(z.object({ preferredVersion: z.object({ groupVersion: z.string() }) })),
});

const resources = z.object({
  resources: z.array(z.object({ name: z.string(), verbs: z.array(z.string()).nullable() })),
});

const list = z.object({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({ name: z.string(), namespace: z.string().default('') }),
    }),
  ),
});

/** Kinds that change by themselves: heartbeats, and news of what was done. */
const restless = new Set(['nodes', 'leases', 'events', 'componentstatuses']);

async function listable(client: ClusterClient): Promise<string[]> {
  const { body } = await client.send('GET', '/apis');
  const versions = groups
    .parse(body)
    .groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`);
  const paths: string[] = [];
  for (const base of ['/api/v1', ...versions]) {
    const found = resources.parse((await client.send('GET', base)).body);
    const kinds = found.resources.filter(
      ({ name, verbs }) => verbs?.includes('list') === true && !restless.has(name),
    );
    paths.push(...kinds.map(({ name }) => `${base}/${name}`));
  }
  return paths;
}

/**
 * Every object of every kind that the API server lists, by its path. Left out are the resource
 * version, which grows whatever is written, and kinds that change by themselves.
 */
export async function allObjects(client: ClusterClient): Promise<Record<string, unknown>> {
  const objects: Record<string, unknown> = {};
  for (const path of await listable(client)) {
    const { items } = list.parse((await client.send('GET', path)).body);
    for (const { metadata, ...content } of items) {
      const { name, namespace } = metadata;
      objects[`${path} ${namespace}/${name}`] = {
        ...content,
        metadata: { ...metadata, resourceVersion: '' },
      };
    }
  }
  return objects;
}
