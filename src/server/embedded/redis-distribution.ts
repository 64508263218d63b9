import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './cache-folder.js';
import { EmbeddedServiceError } from './embedded-service-error.js';
import { unpackArtifact } from './maven.js';
import { provisionOnce } from './provision.js';

const run = promisify(execFile);

/** Oldest Redis whose commands the queue needs. */
export const oldestRedis = [6, 2] as const;

/** A jar that carries native redis-server programs, for machines that have none installed. */
const artifact = {
  group: 'com.github.codemonstur',
  artifact: 'embedded-redis',
  version: '1.4.3',
} as const;

const architectures: Readonly<Partial<Record<NodeJS.Architecture, string>>> = {
  x64: 'amd64',
  arm64: 'arm64',
};

/** True where `6.2.0`, `7.0.15` and so on is at least {@link oldestRedis}. */
export function isRedisSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestRedis[0] || (major === oldestRedis[0] && minor >= oldestRedis[1]);
}

async function installedRedis(): Promise<string | undefined> {
  try {
    const { stdout } = await run('redis-server', ['--version']);
    const version = /v=(\d+\.\d+\.\d+)/u.exec(stdout)?.[1];
    return version !== undefined && isRedisSupported(version) ? 'redis-server' : undefined;
  } catch {
    return undefined;
  }
}

async function extractProgram(draft: string, signal?: AbortSignal): Promise<void> {
  const unpacked = await mkdtemp(join(draft, 'jar-'));
  await unpackArtifact(unpacked, artifact, signal);
  const suffix = `-${process.platform}-${architectures[process.arch] ?? process.arch}`;
  const files = await readdir(unpacked);
  const program = files.find((name) => name.startsWith('redis-server-') && name.endsWith(suffix));
  if (program === undefined) {
    throw new EmbeddedServiceError({
      code: 'embedded.redis.platform',
      what: 'There is no embedded Redis for this machine',
      subject: `${process.platform} ${process.arch}`,
      why: 'the packaged programs are for other systems',
      remedy: 'Install redis-server 6.2 or newer, or set REDIS_URL to a server that runs elsewhere',
      retryable: false,
    });
  }
  await copyFile(join(unpacked, program), join(draft, 'redis-server'));
  await chmod(join(draft, 'redis-server'), 0o755);
  await rm(unpacked, { recursive: true });
}

/** The redis-server to start: the installed one if it is new enough, else one from Maven Central. */
export async function provisionRedis(
  cache: string = cacheFolder(),
  signal?: AbortSignal,
): Promise<string> {
  const installed = await installedRedis();
  if (installed !== undefined) return installed;
  const folder = join(cache, 'redis', artifact.version);
  await provisionOnce(cache, folder, (draft) => extractProgram(draft, signal), signal);
  return join(folder, 'redis-server');
}
