import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../src/server/embedded/cache-folder.js';
import { startChild, untilReady } from '../child.js';
import { ApiClient } from './client.js';
import type { Product } from './product.js';

const folder = join(import.meta.dirname, '..', 'peer');
const files = ['package.json', 'package-lock.json', 'server.js'];
const startTimeoutMs = 120_000;

/** Installs the peer into the cache, where it is in no way a dependency of the product. */
async function installedPeer(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(folder, file))).update('\0');
  const target = join(cacheFolder(), `bench-peer-${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}.draft`;
  await mkdir(draft, { recursive: true });
  try {
    for (const file of files) await copyFile(join(folder, file), join(draft, file));
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = spawnSync('npm', ['ci', ...flags], { cwd: draft, stdio: ['ignore', 2, 2] });
    if (npm.status !== 0) throw new Error('The peer could not be installed; see the lines above');
    await rename(draft, target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return target;
}

/** Starts a server on @neo4j/graphql over the database of the product. */
export async function startPeer({ neo4j, token }: Product): Promise<{
  readonly client: ApiClient;
  stop(): Promise<void>;
}> {
  const child = startChild(process.execPath, [join(await installedPeer(), 'server.js')], {
    NEO4J_URI: neo4j.uri,
    NEO4J_USER: neo4j.user,
    NEO4J_PASSWORD: neo4j.password,
    BENCH_TOKEN: token,
    NODE_ENV: 'production',
  });
  const address = (): string | undefined => /^http:\S+$/mu.exec(child.said())?.[0];
  const client = new ApiClient(await untilReady(child, address, startTimeoutMs), token);
  return {
    client,
    stop: async () => {
      client.close();
      await child.stop();
    },
  };
}
