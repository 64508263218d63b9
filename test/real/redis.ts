import { Redis } from 'ioredis';
import { runService } from './run-service.js';

/**
 * Address of the Redis of this test run: OPAL_TEST_REDIS_URL, else an embedded one that starts at the
 * first call of the run.
 */
export async function realRedisUrl(): Promise<string> {
  return process.env.OPAL_TEST_REDIS_URL ?? (await runService('redis')).url;
}

/** Removes everything from the Redis of this test run. */
export async function wipeRedis(): Promise<void> {
  const client = new Redis(await realRedisUrl(), { maxRetriesPerRequest: 1 });
  try {
    await client.flushall();
  } finally {
    client.disconnect();
  }
}
