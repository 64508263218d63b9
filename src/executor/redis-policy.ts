import { Redis } from 'ioredis';
import { OpalError } from '../errors/opal-error.js';

/** Redis is out of reach, or set up in a way in which the queue would lose jobs. */
export class QueueStoreError extends OpalError {
  constructor(facts: { why: string; remedy: string; retryable: boolean }, options?: ErrorOptions) {
    super(
      {
        code: 'queue.store.unfit',
        what: 'Redis cannot hold the queue',
        subject: 'REDIS_URL',
        ...facts,
      },
      options,
    );
  }
}

async function readMemorySection(redisUrl: string): Promise<string> {
  const client = new Redis(redisUrl, { lazyConnect: true, maxRetriesPerRequest: 1 });
  // The rejection below says the same; without a listener it would be printed.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await client.info('memory');
  } catch (cause) {
    throw new QueueStoreError(
      {
        why: cause instanceof Error ? cause.message : String(cause),
        remedy: 'Check that Redis runs and that address and password are right',
        retryable: true,
      },
      { cause },
    );
  } finally {
    client.disconnect();
  }
}

/**
 * Looks that Redis never evicts keys: a queue under any other policy silently loses jobs when memory
 * runs short. Read from INFO, since managed servers forbid CONFIG.
 *
 * @throws QueueStoreError where it does, or is out of reach.
 */
export async function requireNoEviction(redisUrl: string): Promise<void> {
  const policy = /^maxmemory_policy:(\S+)/mu.exec(await readMemorySection(redisUrl))?.[1];
  if (policy === 'noeviction') return;
  throw new QueueStoreError({
    why:
      policy === undefined
        ? 'it does not say which eviction policy it has'
        : `its eviction policy is ${policy}, under which it may drop jobs when memory runs short`,
    remedy:
      'Set maxmemory-policy to noeviction (in redis.conf, or for now with ' +
      'redis-cli CONFIG SET maxmemory-policy noeviction), or use another Redis',
    retryable: false,
  });
}
