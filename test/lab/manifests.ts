import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { ClusterClient, KubernetesObject } from './cluster-client.js';
import { eventually } from './eventually.js';

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

/** Generated manifests print empty ones of both, which an apply would own. */
function withoutGenerated(parsed: z.infer<typeof manifest>): KubernetesObject {
  const rest = Object.entries(parsed).filter(([key]) => key !== 'status');
  const metadata = Object.entries(parsed.metadata).filter(([key]) => key !== 'creationTimestamp');
  return manifest.parse({ ...Object.fromEntries(rest), metadata: Object.fromEntries(metadata) });
}

/** Objects of a text with one JSON object a line. */
export function parseJsonLines(text: string): KubernetesObject[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => withoutGenerated(manifest.parse(JSON.parse(line))));
}

function parseYaml(text: string): KubernetesObject[] {
  return parseAllDocuments(text).map((document) =>
    manifest.parse(document.toJS({ maxAliasCount: -1 })),
  );
}

/** Objects of all YAML files of a folder, by file name. */
export async function readManifests(folder: string): Promise<KubernetesObject[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.flatMap(parseYaml);
}

const definition = z.object({
  spec: z.object({
    group: z.string(),
    names: z.object({ plural: z.string() }),
    versions: z.array(z.object({ name: z.string(), served: z.boolean() })),
  }),
});

/** Paths that the API server serves once it has taken a definition in. */
function servedPaths(object: KubernetesObject): string[] {
  const { group, names, versions } = definition.parse(object).spec;
  return versions
    .filter(({ served }) => served)
    .map(({ name }) => `/apis/${group}/${name}/${names.plural}?limit=1`);
}

/** Applies definitions and waits until the API server serves every one of them. */
export async function applyDefinitions(
  client: ClusterClient,
  definitions: readonly KubernetesObject[],
): Promise<void> {
  await Promise.all(definitions.map((object) => client.apply(object)));
  for (const path of definitions.flatMap(servedPaths)) {
    await eventually(
      `the API server serves ${path}`,
      async () => (await client.send('GET', path)).status === 200,
      { timeoutMs: 180_000, everyMs: 200 },
    );
  }
}
