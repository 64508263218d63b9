import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Logger } from '../../telemetry/logger.js';
import { cacheFolder } from './cache-folder.js';
import { freeLoopbackPort } from './free-port.js';
import { provisionRedis } from './redis-distribution.js';
import { secretFromFile } from './secret-file.js';
import { superviseProcess } from './supervised-process.js';

export interface EmbeddedRedisOptions {
  /** Folder of OPAL's data; the queue lives in `redis/` inside. */
  readonly dataDir: string;
  readonly logger: Logger;
  /** A free port if left out. */
  readonly port?: number;
  readonly cache?: string;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
}

/** A running Redis that belongs to this process. */
export interface EmbeddedRedis {
  /** Address with the password in it: never log it. */
  readonly url: string;
  readonly pid: () => number | undefined;
  readonly restarts: () => number;
  readonly stop: () => Promise<void>;
}

const startTimeoutMs = 60_000;
const stopGraceMs = 10_000;

async function probe(url: string): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: 2_000,
  });
  // The rejection of connect() below says the same; without a listener it would be printed.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}

/** The queue may lose its last second, never an entry to eviction. */
function configurationLines(folder: string, port: number, password: string): readonly string[] {
  return [
    'bind 127.0.0.1',
    `port ${String(port)}`,
    'protected-mode yes',
    `requirepass ${password}`,
    `dir ${JSON.stringify(join(folder, 'data'))}`,
    'appendonly yes',
    'appendfsync everysec',
    'maxmemory-policy noeviction',
    'daemonize no',
    'save ""',
  ];
}

/**
 * Starts a Redis of our own in the data folder and resolves when it answers: the installed
 * redis-server if it is new enough, else one from Maven Central; password in `redis/password` (0600).
 *
 * @throws MissingProgramError without Maven when one is needed, EmbeddedServiceError when it does not start.
 */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  const program = await provisionRedis(options.cache ?? cacheFolder(), options.signal);
  const folder = join(options.dataDir, 'redis');
  await mkdir(join(folder, 'data'), { recursive: true, mode: 0o700 });
  const password = secretFromFile(join(folder, 'password'));
  const port = options.port ?? (await freeLoopbackPort());
  const configuration = join(folder, 'redis.conf');
  const lines = configurationLines(folder, port, password);
  await writeFile(configuration, `${lines.join('\n')}\n`, { mode: 0o600 });
  const url = `redis://:${encodeURIComponent(password)}@127.0.0.1:${String(port)}`;
  const supervised = await superviseProcess(
    {
      name: 'Redis',
      program,
      arguments: [configuration],
      folder,
      probe: () => probe(url),
      startTimeoutMs,
      stopGraceMs,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    },
    options.logger,
  );
  return { url, ...supervised };
}
