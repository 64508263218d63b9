import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { realNeo4j, wipeGraph } from '../../real/neo4j.js';
import { realRedisUrl, wipeRedis } from '../../real/redis.js';

it('gives a Neo4j that keeps what was written until it is wiped', async () => {
  const { driver, database } = await realNeo4j();
  await driver.executeQuery('CREATE (:Probe {name: $name})', { name: 'kept' }, { database });
  const before = await driver.executeQuery(
    'MATCH (p:Probe) RETURN p.name AS name',
    {},
    { database },
  );
  await wipeGraph({ schema: true });
  const after = await driver.executeQuery(
    'MATCH (p:Probe) RETURN p.name AS name',
    {},
    { database },
  );

  expect(before.records.map((row) => String(row.get('name')))).toEqual(['kept']);
  expect(after.records).toEqual([]);
});

it('gives a Redis that evicts nothing and writes an append-only file', async () => {
  await wipeRedis();
  const client = new Redis(await realRedisUrl());
  try {
    expect(await client.config('GET', 'maxmemory-policy')).toEqual([
      'maxmemory-policy',
      'noeviction',
    ]);
    expect(await client.config('GET', 'appendonly')).toEqual(['appendonly', 'yes']);
  } finally {
    client.disconnect();
  }
});
