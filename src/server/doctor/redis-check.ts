import { Redis } from 'ioredis';
import { isRedisSupported, oldestRedis } from '../embedded/redis-distribution.js';
import { ok, problem, type DoctorCheck, type DoctorFinding } from './finding.js';

const check = 'redis';
const patienceMs = 5_000;

/** One line of INFO, read without CONFIG, which managed services do not allow. */
function field(info: string, name: string): string {
  return new RegExp(`^${name}:(.*)$`, 'mu').exec(info)?.[1]?.trim() ?? '';
}

async function readInfo(url: string): Promise<string> {
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
  });
  let connectionError: Error | undefined;
  client.on('error', (error: Error) => {
    connectionError = error;
  });
  try {
    await client.connect();
    return await client.info();
  } catch (error) {
    throw connectionError ?? error;
  } finally {
    client.disconnect();
  }
}

function unreachable(address: string, error: unknown): DoctorFinding {
  const why = error instanceof Error ? error.message : String(error);
  const denied = /WRONGPASS|NOAUTH|NOPERM|invalid password|no password is set/iu.test(why);
  return problem(
    check,
    'failed',
    denied ? `Redis at ${address} refused the password` : `Redis at ${address} cannot be reached`,
    why,
    denied
      ? 'Check user and password in REDIS_URL'
      : 'Check REDIS_URL, and that the server runs and its port is open from here',
  );
}

function versionFinding(info: string, address: string): DoctorFinding {
  const version = field(info, 'redis_version');
  const what = `Redis ${version} at ${address}`;
  if (isRedisSupported(version)) return ok(check, what);
  const why = `Redis ${oldestRedis.join('.')} or newer is needed`;
  return problem(
    check,
    'failed',
    what,
    why,
    'Upgrade that server, or set REDIS_URL to a newer one',
  );
}

function evictionFinding(info: string): DoctorFinding {
  const policy = field(info, 'maxmemory_policy');
  const what = `maxmemory-policy is ${policy}`;
  if (policy === 'noeviction') return ok(check, what);
  return problem(
    check,
    'failed',
    what,
    'when memory runs short, such a Redis drops entries of the queue without a word',
    'Run "redis-cli CONFIG SET maxmemory-policy noeviction" and put it into redis.conf',
  );
}

function persistenceFinding(info: string): DoctorFinding {
  if (field(info, 'aof_enabled') === '1') return ok(check, 'the append-only file is on');
  return problem(
    check,
    'warning',
    'the append-only file is off',
    'after a crash the queue is rebuilt from Neo4j, which takes a moment',
    'Run "redis-cli CONFIG SET appendonly yes" and put it into redis.conf',
  );
}

/** Looks at the Redis of a URL: reachable, new enough, evicts nothing, keeps a file. */
export async function checkRedis(url: string): Promise<readonly DoctorFinding[]> {
  // Neither the address in a message nor its error may hold the password.
  const address = new URL(url).host;
  try {
    const info = await readInfo(url);
    return [versionFinding(info, address), evictionFinding(info), persistenceFinding(info)];
  } catch (error) {
    return [unreachable(address, error)];
  }
}

export const redisCheck: DoctorCheck = {
  name: check,
  run: ({ configuration: { redisUrl } }) =>
    redisUrl === undefined ? Promise.resolve([]) : checkRedis(redisUrl),
};
