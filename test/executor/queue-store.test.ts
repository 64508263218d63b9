import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { QueueStoreError } from '../../src/executor/index.js';
import { MigrationQueue } from '../../src/executor/migration-queue.js';
import { realRedisUrl } from '../real/redis.js';

async function withPolicy(policy: string): Promise<void> {
  const client = new Redis(await realRedisUrl());
  await client.config('SET', 'maxmemory-policy', policy);
  client.disconnect();
}

afterEach(() => withPolicy('noeviction'));

describe('the queue', () => {
  it('refuses a Redis that may evict its jobs', async () => {
    await withPolicy('allkeys-lru');
    const opening = MigrationQueue.open(await realRedisUrl(), `test-${randomUUID()}`);
    await expect(opening).rejects.toThrow(/eviction policy is allkeys-lru/u);
  });

  it('says what is wrong where there is no Redis', async () => {
    const opening = MigrationQueue.open('redis://127.0.0.1:1', 'test');
    await expect(opening).rejects.toThrow(QueueStoreError);
  });

  it('holds ids and nothing else, one job a machine', async () => {
    const name = `test-${randomUUID()}`;
    const url = await realRedisUrl();
    const queue = await MigrationQueue.open(url, name);
    const place = { id: randomUUID(), migration: randomUUID() };
    await queue.enqueue([place]);
    await queue.enqueue([place]);
    const look = new Queue(name, { connection: { url } });
    const jobs = await look.getJobs();
    expect(jobs.map(({ id, data }) => ({ id, data: data as unknown }))).toEqual([
      { id: place.id, data: { migration: place.migration, machine: place.id } },
    ]);
    await look.obliterate({ force: true });
    await look.close();
    await queue.close();
  });
});
