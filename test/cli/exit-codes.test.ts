import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'opal-cli-'));
  writeFileSync(join(folder, 'admin-token'), 'opal_test');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const opal = (...args: string[]) => {
  const entry = resolve('src/cli/main.ts');
  const typescript = resolve('bootstrap/run-typescript.js');
  const environment: NodeJS.ProcessEnv = { ...process.env };
  delete environment.OPAL_URL;
  delete environment.OPAL_TOKEN;
  const result = spawnSync(
    process.execPath,
    ['--import', typescript, entry, '--data-dir', folder, ...args],
    { encoding: 'utf8', env: environment },
  );
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
};

describe('the command line', () => {
  it('ends with 0 after its help, which names every command', () => {
    const { code, stdout } = opal('--help');
    expect(code).toBe(0);
    for (const name of [
      ...['up', 'doctor', 'source', 'collect', 'search', 'similar', 'causes', 'report'],
      ...['export', 'plan', 'migrate', 'record', 'replay'],
    ]) {
      expect(stdout).toMatch(new RegExp(`\\b${name}\\b`));
    }
  });

  it('ends with 2 where it is used wrongly', () => {
    expect(opal('nothing-like-this').code).toBe(2);
    expect(opal('search').code).toBe(2);
    expect(opal('causes', '--limit', 'many').code).toBe(2);
    expect(opal('source', 'add', '--kind', 'vsphere').code).toBe(2);
  });

  it.each([
    ['--password-file', 'source', 'add', '--kind', 'vsphere', '--address=x', '--username=y'],
    ['--kubeconfig', 'source', 'add', '--kind', 'kubevirt'],
    ['--token-file', '--server=http://127.0.0.1:9', 'source', 'list'],
  ])('ends with 2, and names option and file, where that of %s is missing', (option, ...rest) => {
    const { code, stderr } = opal(...rest, option, '/no/such/file');
    expect(code).toBe(2);
    expect(stderr.split('\n').filter((line) => line !== '')).toEqual([
      `The file of ${option} cannot be used (/no/such/file).`,
      'Why: it is not there.',
      'What to do: Give a file that this user can read.',
    ]);
  });

  it('ends with 2 and the kinds of sources where one is asked for that is none', () => {
    const { code, stderr } = opal('source', 'add', '--kind', 'vmware');
    expect(code).toBe(2);
    expect(stderr).toContain('the kinds are vsphere, kubevirt');
  });

  it('ends with 2 where the bundle to replay is missing, before it looks for a server', () => {
    const { code, stderr } = opal('replay', '/no/such/bundle');
    expect(code).toBe(2);
    expect(stderr).toContain('The bundle cannot be used (/no/such/bundle).');
  });

  it('ends with 3 and what to do where no server is known', () => {
    const { code, stderr } = opal('source', 'list');
    expect(code).toBe(3);
    expect(stderr).toContain('npm start');
  });

  it('ends with 3 where no server answers', () => {
    const { code, stderr } = opal('--server', 'http://127.0.0.1:9', 'source', 'list');
    expect(code).toBe(3);
    expect(stderr).toContain('http://127.0.0.1:9');
    expect(stderr).not.toContain('opal_test');
  });
});

describe('an answer that is none of this product', () => {
  let server: Server;

  beforeAll(async () => {
    server = createServer((_request, response) => response.end('<html>'));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  });

  afterAll(() => server.close());

  it('is told from one', async () => {
    const { port } = server.address() as AddressInfo;
    const { ApiClient } = await import('../../src/cli/connection/api-client.js');
    const { z } = await import('zod');
    const client = new ApiClient({ url: `http://127.0.0.1:${String(port)}`, token: 'opal_test' });
    await expect(client.query('{ me { name } }', {}, z.unknown())).rejects.toThrow(
      /none of this product/,
    );
  });
});
