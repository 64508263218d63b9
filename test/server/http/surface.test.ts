import { readdirSync, statSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditLog } from '../../../src/server/audit/index.js';
import { hostCheck, isOwnOrigin } from '../../../src/server/http/check-host.js';
import { createLogger } from '../../../src/telemetry/logger.js';
import { startRealServer, type RealServer } from '../../schema/real-server.js';

let server: RealServer;

beforeAll(async () => {
  server = await startRealServer();
});

afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request with any headers, also those that fetch keeps to itself. */
const send = (
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(server.address + path, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });

const as = (role: keyof RealServer['tokens']): Record<string, string> => ({
  authorization: `Bearer ${server.tokens[role]}`,
});

const query = (text: string, role: keyof RealServer['tokens'] = 'admin'): Promise<Answer> =>
  send('/graphql', {
    method: 'POST',
    headers: { ...as(role), 'content-type': 'application/json' },
    body: JSON.stringify({ query: text }),
  });

describe('every route', () => {
  const routes = [
    ['/healthz', {}],
    ['/readyz', {}],
    ['/graphql', { method: 'POST' }],
    ['/export?report=inventory', {}],
    ['/bundles/none', {}],
    ['/nothing', {}],
  ] as const;

  it.each(routes)('%s has the headers that protect a browser', async (path, options) => {
    for (const headers of [{}, as('admin')]) {
      const answer = await send(path, { ...options, headers });
      expect(answer.headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'") as string,
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(answer.headers).not.toHaveProperty('x-powered-by');
    }
  });

  it.each(routes)('%s lets no page of another site read or ask', async (path, options) => {
    const origin = 'https://evil.example';
    const preflight = await send(path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    const answer = await send(path, { ...options, headers: { ...as('admin'), origin } });
    for (const { headers } of [preflight, answer]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it.each(routes)('%s answers to names of this machine alone', async (path, options) => {
    for (const host of [
      'evil.example',
      'evil.example:4400',
      '127.0.0.1.evil.example',
      '10.0.0.1',
    ]) {
      const answer = await send(path, { ...options, headers: { ...as('admin'), host } });
      expect(answer.status).toBe(421);
      expect(answer.body).toContain('request.host');
    }
    const { port } = new URL(server.address);
    for (const host of [`localhost:${port}`, 'LOCALHOST', '127.0.0.1', `[::1]:${port}`]) {
      expect((await send(path, { ...options, headers: { ...as('admin'), host } })).status).not.toBe(
        421,
      );
    }
  });
});

describe('a request that a form of another site could send', () => {
  it.each([
    ['text/plain', '{"query":"{ me { name } }"}'],
    ['application/x-www-form-urlencoded', 'query={me{name}}'],
    ['multipart/form-data; boundary=x', '--x--'],
  ])('as %s is refused with a token too', async (type, body) => {
    const answer = await send('/graphql', {
      method: 'POST',
      headers: { ...as('admin'), 'content-type': type },
      body,
    });
    expect(answer.status).toBe(400);
    expect(answer.body).not.toContain('"name"');
  });
});

describe('the header Host', () => {
  const loopback = { host: '127.0.0.1', insecureBind: false, tls: false };

  it('is looked at only where the server listens on the loopback address in clear', () => {
    expect(hostCheck(loopback)('opal.example')).toBe(false);
    expect(hostCheck(loopback)(undefined)).toBe(false);
    expect(hostCheck({ ...loopback, insecureBind: true })('opal.example')).toBe(true);
    expect(hostCheck({ ...loopback, tls: true })('opal.example')).toBe(true);
    expect(hostCheck({ ...loopback, host: '0.0.0.0' })('opal.example')).toBe(true);
  });

  it('has to be that of the page, where a page opens a web socket', () => {
    expect(isOwnOrigin(undefined, '127.0.0.1:1')).toBe(true);
    expect(isOwnOrigin('http://127.0.0.1:1', '127.0.0.1:1')).toBe(true);
    expect(isOwnOrigin('http://127.0.0.1:2', '127.0.0.1:1')).toBe(false);
    expect(isOwnOrigin('null', '127.0.0.1:1')).toBe(false);
  });
});

describe('an error', () => {
  const leaks = /\bat .+\.(?:ts|js):\d|node_modules|bolt:\/\/|redis:\/\/|neo4j@|password/iu;

  it.each([
    ['a query that does not parse', () => query('{')],
    ['a field that is not there', () => query('{ nothing }')],
    ['a variable of the wrong type', () => query('query ($id: ID!) { node(id: $id) { id } }')],
    ['an unknown source', () => query('{ source(id: "none") { id } }')],
    ['an unknown plan', () => query('{ plan(id: "none") { id } }')],
    ['a cursor of nothing', () => query('{ virtualMachines(after: "x") { nodes { id } } }')],
    [
      'a broken body',
      () =>
        send('/graphql', {
          method: 'POST',
          headers: { ...as('admin'), 'content-type': 'application/json' },
          body: '{',
        }),
    ],
    ['an export of nothing', () => send('/export', { headers: as('admin') })],
    ['a bundle of nothing', () => send('/bundles/none', { headers: as('admin') })],
    ['an upload without a name', () => send('/bundles', { method: 'POST', headers: as('admin') })],
    [
      'an upload that is no bundle',
      () => send('/bundles?id=x', { method: 'POST', headers: as('admin'), body: 'x' }),
    ],
    ['an address with a broken escape', () => send('/bundles/%ff', { headers: as('admin') })],
  ])('for %s is JSON and shows nothing of the inside', async (_name, ask) => {
    const { status, headers, body } = await ask();
    expect(status).toBeLessThan(500);
    expect(headers['content-type']).toContain('json');
    expect(headers).not.toHaveProperty('content-disposition');
    const { errors } = JSON.parse(body) as { errors: { message: string; extensions: object }[] };
    expect(errors.length).toBeGreaterThan(0);
    expect(body).not.toMatch(leaks);
    expect(errors[0]?.extensions).toHaveProperty('code');
  });
});

describe('the audit', () => {
  const canary = 'canary-9f31c7';

  it('has every secret of a new source taken out, and so has the log', async () => {
    const { body } = await query(`mutation {
      draftSource(name: "secret", kind: "vsphere", configuration: {
        address: "127.0.0.1:9", username: "admin", password: "${canary}"
      }) { userErrors { code message } source { id } }
    }`);
    await query(`mutation { createToken(name: "holder", role: "viewer") { text token { id } } }`);
    expect(body).not.toContain(canary);
    const rows = await server.graph.readCompiled({
      text: 'MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties',
      parameters: {},
    });
    expect(JSON.stringify(rows)).not.toContain(canary);
    expect(JSON.stringify(rows)).not.toMatch(/opal_[A-Za-z0-9_-]{43}/u);
    expect(server.log.join('')).not.toContain(canary);
    expect(server.log.join('')).not.toMatch(/opal_[A-Za-z0-9_-]{43}/u);
  });

  it('has who tried to take or load a bundle without being allowed to', async () => {
    const audit = new AuditLog(server.graph, createLogger('silent'));
    await send('/bundles/some', { headers: as('operator') });
    await send('/bundles?id=other', { method: 'POST', headers: as('viewer') });
    const [second, first] = await audit.entries({ limit: 2 });
    expect(first).toMatchObject({ action: 'recordSource', subject: 'some', phase: 'denied' });
    expect(second).toMatchObject({ action: 'replayBundle', subject: 'other', phase: 'denied' });
    expect(await audit.verifyChain()).toMatchObject({ intact: true });
  });
});

describe('the data folder', () => {
  it('is for its owner alone, file by file', () => {
    const modes = (folder: string): (readonly [string, number])[] =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        const own = [path, statSync(path).mode & 0o077] as const;
        return entry.isDirectory() ? [own, ...modes(path)] : [own];
      });
    expect(statSync(server.dataDir).mode & 0o077).toBe(0);
    const found = modes(server.dataDir);
    expect(found.map(([path]) => path)).toContain(join(server.dataDir, 'admin-token'));
    const secret = found.filter(([path]) => /token|key|password/iu.test(path));
    expect(secret.filter(([, open]) => open !== 0)).toEqual([]);
  });
});
