import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { identifyProcess } from '../../../src/server/embedded/process-identity.js';
import { realNeo4j, wipeGraph } from '../../real/neo4j.js';
import { realRedisUrl } from '../../real/redis.js';
import { startServerProcess, type ServerProcess } from './server-process.js';

const patience = { timeout: 120_000, interval: 200 };
const meQuery = JSON.stringify({ query: '{ __typename }' });

function ask(address: string, token: string | undefined): Promise<Response> {
  return fetch(`${address}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: meQuery,
  });
}

// The limit is for a machine that does much else; a start takes seconds.
describe('the server process', { timeout: 900_000 }, () => {
  let folder: string;
  let external: NodeJS.ProcessEnv;
  const started: ServerProcess[] = [];
  beforeEach(async () => {
    await wipeGraph();
    folder = mkdtempSync(join(tmpdir(), 'opal-process-'));
    const { uri, user, password } = await realNeo4j();
    external = {
      OPAL_DATA_DIR: folder,
      OPAL_PORT: '0',
      OPAL_DEMO: 'off',
      NEO4J_URI: uri,
      NEO4J_USER: user,
      NEO4J_PASSWORD: password,
      REDIS_URL: await realRedisUrl(),
    };
  });
  afterEach(async () => {
    for (const server of started.splice(0)) {
      server.child.kill('SIGKILL');
      await server.exited;
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 });
  });

  function start(environment: NodeJS.ProcessEnv, flags: readonly string[] = []): ServerProcess {
    const server = startServerProcess(environment, flags);
    started.push(server);
    return server;
  }

  it('serves whoever has the printed token, and nobody else', async () => {
    const server = start(external);
    const { address, token } = await server.ready();
    const [withToken, without, wrong] = await Promise.all([
      ask(address, token),
      ask(address, undefined),
      ask(address, `opal_${'A'.repeat(43)}`),
    ]);
    expect(withToken.status).toBe(200);
    expect(without.status).toBe(401);
    expect(wrong.status).toBe(401);
    expect(readFileSync(join(folder, 'admin-token'), 'utf8').trim()).toBe(token);
  });

  it('embeds nothing where servers are given, and prints none of their passwords', async () => {
    const server = start({ ...external, OPAL_LOG_LEVEL: 'trace' });
    await server.ready();
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['admin-token', 'key']);
    const secrets = [external.NEO4J_PASSWORD ?? '', new URL(external.REDIS_URL ?? '').password];
    for (const secret of secrets) expect(server.output()).not.toContain(secret);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops in order on %s', async (signal) => {
    const server = start(external);
    await server.ready();
    server.child.kill(signal);
    // Terminal, npm and launcher each pass on the same Ctrl-C.
    server.child.kill(signal);
    expect(await server.exited).toBe(0);
    expect(readdirSync(folder)).not.toContain('lock');
  });

  it('stops while it is still starting', async () => {
    const server = start(external);
    await vi.waitFor(() => {
      expect(readdirSync(folder)).toContain('lock');
    }, patience);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    expect(readdirSync(folder)).not.toContain('lock');
  });

  it('says who holds its data folder', async () => {
    const first = start(external);
    await first.ready();
    const second = start(external);
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain(`process ${String(first.child.pid)} (opal server)`);
  });

  it('takes over the data folder of a server that was killed', async () => {
    const first = start(external);
    await first.ready();
    first.child.kill('SIGKILL');
    await first.exited;
    const second = start(external);
    expect((await second.ready()).token).toMatch(/^opal_/u);
  });

  it('says in one line that its port is taken', async () => {
    const occupant = createServer();
    occupant.listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const address = occupant.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const server = start({ ...external, OPAL_PORT: String(address.port) });
    expect(await server.exited).toBe(1);
    occupant.close();
    expect(server.output()).toContain('another process listens on that port');
    expect(server.output()).not.toMatch(/^\s+at /mu);
  });

  it('says in one line that the password of Neo4j is wrong', async () => {
    const server = start({ ...external, NEO4J_PASSWORD: 'canary-wrong' });
    expect(await server.exited).toBe(1);
    expect(server.output()).toContain('Check NEO4J_USER and NEO4J_PASSWORD');
    expect(server.output()).not.toContain('canary-wrong');
    expect(server.output()).not.toMatch(/^\s+at /mu);
  });

  it('refuses an option that it does not know, and explains them all on request', async () => {
    const [wrong, help] = [start({ ...external, OPAL_PROT: '1' }), start({}, ['--help'])];
    expect(await wrong.exited).toBe(1);
    expect(wrong.output()).toContain('did you mean OPAL_PORT?');
    expect(await help.exited).toBe(0);
    expect(help.output()).toContain('OPAL_MAX_QUERY_DEPTH');
  });

  it('embeds a database and a queue of its own, and leaves no process behind', async () => {
    const server = start({ OPAL_DATA_DIR: folder, OPAL_PORT: '0', OPAL_DEMO: 'off' });
    const { address, token } = await server.ready();
    const pids = ['neo4j', 'redis'].map((name) =>
      Number(readFileSync(join(folder, name, 'server.pid'), 'utf8')),
    );
    expect((await ask(address, token)).status).toBe(200);
    expect(pids.every((pid) => identifyProcess(pid) !== undefined)).toBe(true);
    server.child.kill('SIGKILL');
    await vi.waitFor(() => {
      expect(pids.map((pid) => identifyProcess(pid))).toEqual([undefined, undefined]);
    }, patience);
  });
});
