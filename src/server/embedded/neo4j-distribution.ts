import { join } from 'node:path';
import { cacheFolder } from './cache-folder.js';
import { downloadRuntime } from './maven.js';
import { provisionOnce } from './provision.js';

/** The embedded release: the long-term support line, because its store format has years of patches ahead. */
export const embeddedNeo4jVersion = '5.26.30';

/** `neo4j-server` alone lacks the storage engine. */
const artifacts = [
  { group: 'org.neo4j', artifact: 'neo4j', version: embeddedNeo4jVersion },
  { group: 'org.neo4j.app', artifact: 'neo4j-server', version: embeddedNeo4jVersion },
] as const;

/** Downloads Neo4j unless the cache has it. Returns the folder of its jars. */
export async function provisionNeo4j(
  cache: string = cacheFolder(),
  signal?: AbortSignal,
): Promise<string> {
  const folder = join(cache, 'neo4j', embeddedNeo4jVersion);
  await provisionOnce(cache, folder, (draft) => downloadRuntime(draft, artifacts, signal), signal);
  return join(folder, 'lib');
}
