import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../../src/server/configuration/index.js';
import { checkRedis, diagnose, type DoctorFinding } from '../../../src/server/doctor/index.js';
import { tryProcessLock } from '../../../src/server/embedded/process-lock.js';
import { startEmbeddedRedis } from '../../../src/server/embedded/redis.js';
import { createLogger } from '../../../src/telemetry/logger.js';
import { realNeo4j } from '../../real/neo4j.js';
import { realRedisUrl } from '../../real/redis.js';
import { startOldRedisStandIn } from './old-redis-stand-in.js';

const canary = 'canary-wrong-password';

describe('the doctor', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'opal-doctor-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  async function findings(environment: NodeJS.ProcessEnv = {}): Promise<readonly DoctorFinding[]> {
    const configuration = loadConfiguration({
      environment: { OPAL_DATA_DIR: folder, OPAL_PORT: '0', ...environment },
    });
    return diagnose({ configuration, environment: { ...process.env, ...environment } });
  }

  function of(check: string, all: readonly DoctorFinding[]): DoctorFinding {
    const found = all.find((finding) => finding.check === check && finding.status !== 'ok');
    return found ?? { check, status: 'ok', what: '', why: '', remedy: '' };
  }

  it('finds nothing to complain of where all is well', async () => {
    const { uri, user, password } = await realNeo4j();
    const all = await findings({
      NEO4J_URI: uri,
      NEO4J_USER: user,
      NEO4J_PASSWORD: password,
      REDIS_URL: await realRedisUrl(),
    });
    expect(all.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(all.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['node', 'data folder', 'disk space', 'neo4j', 'clock', 'redis']),
    );
    expect(JSON.stringify(all)).not.toContain(password);
  });

  it('says when the password of Neo4j is wrong, without repeating it', async () => {
    const { uri } = await realNeo4j();
    const all = await findings({ NEO4J_URI: uri, NEO4J_PASSWORD: canary });
    expect(of('neo4j', all)).toMatchObject({
      status: 'failed',
      what: expect.stringContaining('refused the user or the password') as string,
      remedy: expect.stringContaining('NEO4J_PASSWORD') as string,
    });
    expect(JSON.stringify(all)).not.toContain(canary);
  });

  it('says when no Neo4j answers', async () => {
    const all = await findings({ NEO4J_URI: 'bolt://127.0.0.1:1', NEO4J_PASSWORD: 'x' });
    expect(of('neo4j', all)).toMatchObject({ status: 'failed' });
    expect(of('neo4j', all).remedy).toContain('NEO4J_URI');
  });

  it('says when the password of Redis is wrong, without repeating it', async () => {
    const url = new URL(await realRedisUrl());
    url.password = canary;
    const [finding] = await checkRedis(url.href);
    expect(finding).toMatchObject({ status: 'failed' });
    expect(finding?.what).toContain('refused the password');
    expect(JSON.stringify(finding)).not.toContain(canary);
  });

  it('says when no Redis answers', async () => {
    const [finding] = await checkRedis('redis://127.0.0.1:1');
    expect(finding).toMatchObject({ status: 'failed' });
    expect(finding?.what).toContain('127.0.0.1:1 cannot be reached');
  });

  it('refuses a Redis that would evict the queue, and warns of one without a file', async () => {
    const redis = await startEmbeddedRedis({ dataDir: folder, logger: createLogger('silent') });
    const client = new Redis(redis.url);
    try {
      await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
      await client.config('SET', 'appendonly', 'no');
      const found = await checkRedis(redis.url);
      expect(found.map(({ status }) => status)).toEqual(['ok', 'failed', 'warning']);
      expect(found[1]?.remedy).toContain('noeviction');
    } finally {
      client.disconnect();
      await redis.stop();
    }
  });

  it('refuses a Redis that is too old', async () => {
    const old = await startOldRedisStandIn('5.0.14');
    try {
      const [finding] = await checkRedis(`redis://127.0.0.1:${String(old.port)}`);
      expect(finding).toMatchObject({ status: 'failed', why: 'Redis 6.2 or newer is needed' });
    } finally {
      old.stop();
    }
  });

  it('says when the port is taken', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const all = await findings({ OPAL_PORT: String(address.port) });
    server.close();
    expect(of('port', all)).toMatchObject({
      status: 'failed',
      why: 'another process listens on that port',
    });
  });

  it('says who holds the data folder', async () => {
    const attempt = tryProcessLock(join(folder, 'lock'), 'opal server');
    const finding = of('lock', await findings());
    if (attempt.taken) attempt.lock.release();
    expect(finding.why).toContain(`process ${String(process.pid)} (opal server)`);
  });

  it('warns of a data folder that others may read and refuses such a key', async () => {
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'key'), Buffer.alloc(32).toString('base64'));
    chmodSync(join(folder, 'key'), 0o644);
    const all = await findings();
    expect(of('data folder', all).remedy).toContain('chmod 700');
    expect(of('key file', all)).toMatchObject({ status: 'failed' });
  });

  it('refuses a key file that is none', async () => {
    writeFileSync(join(folder, 'key'), 'hello', { mode: 0o600 });
    expect(of('key file', await findings()).why).toContain('not a key of 32 bytes');
  });

  it('says when neither Java nor Maven is there and nothing was downloaded', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const path = process.env.PATH;
    process.env.PATH = empty;
    try {
      const all = await findings({ PATH: empty, JAVA_HOME: '', XDG_CACHE_HOME: empty });
      expect(of('java', all).remedy).toContain('apt-get install openjdk');
      expect(of('maven', all).remedy).toContain('apt-get install maven');
    } finally {
      process.env.PATH = path;
    }
  });

  it('says when the key does not belong to the certificate', async () => {
    const [certificate, key] = [join(folder, 'a.crt'), join(folder, 'b.key')];
    const request = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=a',
    ];
    execFileSync('openssl', [...request, '-keyout', join(folder, 'a.key'), '-out', certificate], {
      stdio: 'ignore',
    });
    execFileSync('openssl', ['genpkey', '-algorithm', 'RSA', '-out', key], { stdio: 'ignore' });
    const wrong = await findings({ OPAL_TLS_CERT_FILE: certificate, OPAL_TLS_KEY_FILE: key });
    const right = await findings({
      OPAL_TLS_CERT_FILE: certificate,
      OPAL_TLS_KEY_FILE: join(folder, 'a.key'),
    });
    expect(of('certificate', wrong)).toMatchObject({ status: 'failed' });
    expect(of('certificate', right).status).toBe('ok');
  });
});

const unshare = process.getuid?.() === 0 ? ['-m'] : ['-Urm'];
const canMount = spawnSync('unshare', [...unshare, 'true']).status === 0;

describe.runIf(canMount)('a full disk', () => {
  it('is named as the cause when the data folder cannot be used', () => {
    const folder = mkdtempSync(join(tmpdir(), 'opal-full-'));
    const program = `
      import { holdDataFolder } from './src/server/embedded/data-folder.ts';
      try { holdDataFolder(process.argv[1]); console.log('held'); } catch (error) { console.log(error.message); }`;
    const script = [
      'mount -t tmpfs -o size=16k tmpfs "$1"',
      'head -c 100000 /dev/zero >"$1/filler" 2>/dev/null',
      'shift; exec "$@"',
    ].join('; ');
    const node = [process.execPath, '--import', './bootstrap/run-typescript.js'];
    const result = spawnSync(
      'unshare',
      [
        ...unshare,
        'sh',
        '-c',
        script,
        'sh',
        folder,
        ...node,
        '--input-type=module',
        '-e',
        program,
        folder,
      ],
      { encoding: 'utf8' },
    );
    rmSync(folder, { recursive: true });
    expect(result.stdout).toContain('no space is left on the disk');
    expect(result.stdout).toContain('OPAL_DATA_DIR');
  });
});
