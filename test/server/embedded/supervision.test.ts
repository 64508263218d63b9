import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { identifyProcess, isStillRunning } from '../../../src/server/embedded/process-identity.js';
import { startEmbeddedRedis, type EmbeddedRedis } from '../../../src/server/embedded/redis.js';
import { superviseProcess } from '../../../src/server/embedded/supervised-process.js';
import { createLogger } from '../../../src/telemetry/logger.js';

const logger = createLogger('silent');
const patience = { timeout: 30_000, interval: 100 };

function processNumber(value: number | undefined): number {
  if (value === undefined) throw new Error('the server has no process');
  return value;
}

describe('a supervised server', () => {
  let folder: string;
  let redis: EmbeddedRedis | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opal-supervision-'));
  });
  afterEach(async () => {
    await redis?.stop();
    redis = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  it('leaves no process and no record behind when it is stopped', async () => {
    redis = await startEmbeddedRedis({ dataDir: folder, logger });
    const pid = processNumber(redis.pid());
    await redis.stop();
    expect(identifyProcess(pid)).toBeUndefined();
    expect(existsSync(join(folder, 'redis', 'server.json'))).toBe(false);
    expect(existsSync(join(folder, 'redis', 'server.pid'))).toBe(false);
  });

  it('comes back on the same address with its data after a crash', async () => {
    redis = await startEmbeddedRedis({ dataDir: folder, logger });
    const running = redis;
    const client = new Redis(running.url);
    client.on('error', () => undefined);
    await client.set('kept', 'yes');
    // The append-only file is flushed once a second; a save makes the test independent of that.
    await client.save();
    await client.call('BGREWRITEAOF');
    await vi.waitFor(async () => {
      expect(await client.info('persistence')).toContain('aof_rewrite_in_progress:0');
    }, patience);
    const first = processNumber(running.pid());
    process.kill(first, 'SIGKILL');
    await vi.waitFor(() => {
      expect(running.restarts()).toBeGreaterThan(0);
      expect(processNumber(running.pid())).not.toBe(first);
    }, patience);
    await vi.waitFor(async () => {
      expect(await client.get('kept')).toBe('yes');
    }, patience);
    client.disconnect();
  });

  it('keeps its password in a file that only its owner can read', async () => {
    redis = await startEmbeddedRedis({ dataDir: folder, logger });
    const { mode } = statSync(join(folder, 'redis', 'password'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('says what the program printed when it does not start', async () => {
    const start = superviseProcess(
      {
        name: 'Broken',
        program: 'sh',
        arguments: ['-c', 'echo "no such licence" >&2; exit 3'],
        folder: join(folder, 'broken'),
        probe: () => Promise.reject(new Error('not yet')),
        startTimeoutMs: 20_000,
        stopGraceMs: 1_000,
      },
      logger,
    );
    await expect(start).rejects.toThrow(/Broken did not start .*no such licence/u);
  });

  it('kills a server that does not answer the polite signal', async () => {
    const stubborn = await superviseProcess(
      {
        name: 'Stubborn',
        program: 'sh',
        arguments: ['-c', 'trap "" TERM; while :; do sleep 1; done'],
        folder: join(folder, 'stubborn'),
        probe: () => Promise.resolve(),
        startTimeoutMs: 20_000,
        stopGraceMs: 1_000,
      },
      logger,
    );
    const pid = processNumber(stubborn.pid());
    await stubborn.stop();
    expect(identifyProcess(pid)).toBeUndefined();
  });
});

describe('a server whose owner is killed with SIGKILL', () => {
  let folder: string;
  let holder: ChildProcess | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opal-orphan-'));
  });
  afterEach(async () => {
    holder?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  async function startHolder(): Promise<number> {
    holder = spawn(
      process.execPath,
      ['--import', './bootstrap/run-typescript.js', 'test/server/embedded/redis-holder.ts', folder],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    if (holder.stdout === null) throw new Error('the holder has no output');
    const [line] = (await once(holder.stdout, 'data')) as [Buffer];
    return Number(line.toString('utf8'));
  }

  it('ends by itself', async () => {
    const pid = await startHolder();
    expect(identifyProcess(pid)).toBeDefined();
    holder?.kill('SIGKILL');
    await vi.waitFor(() => {
      expect(identifyProcess(pid)).toBeUndefined();
    }, patience);
  });

  it.runIf(process.platform === 'linux')(
    'is ended by the next start when its guard was killed as well',
    async () => {
      const pid = await startHolder();
      const identity = identifyProcess(pid);
      if (identity === undefined) throw new Error('the server is not running');
      const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
      const guard = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      // The group holds guard, watcher and server; the first two go, so that nobody is left to watch.
      const group = readFileSync(`/proc/${String(guard)}/task/${String(guard)}/children`, 'utf8');
      for (const member of [guard, ...group.trim().split(' ').map(Number)]) {
        if (member !== pid) process.kill(member, 'SIGKILL');
      }
      holder?.kill('SIGKILL');
      expect(isStillRunning(identity)).toBe(true);

      const redis = await startEmbeddedRedis({ dataDir: folder, logger });
      expect(isStillRunning(identity)).toBe(false);
      await redis.stop();
    },
  );
});
