import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import {
  clusterConfiguration,
  resolveAccess,
  type KubeconfigPolicy,
} from '../../src/kubernetes/index.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opal-kubeconfig-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const kubeconfig = (
  cluster: Record<string, unknown> = {},
  user: Record<string, unknown> = { token: 'very-secret' },
): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'one', cluster: { server: 'https://one.example:6443/', ...cluster } }],
    users: [{ name: 'me', user }],
    contexts: [{ name: 'here', context: { cluster: 'one', user: 'me' } }],
    'current-context': 'here',
  });

const resolve = (configuration: Record<string, unknown>, policy?: KubeconfigPolicy) =>
  resolveAccess(clusterConfiguration.parse(configuration), policy);

describe('a kubeconfig', () => {
  it('gives server, authority and token of its current context', async () => {
    const authority = Buffer.from('an authority').toString('base64');
    const text = kubeconfig({ 'certificate-authority-data': authority });
    const access = await resolve({ kubeconfig: text });
    expect(access).toMatchObject({ name: 'here', server: 'https://one.example:6443' });
    expect(access.trust).toEqual({ ca: 'an authority' });
    expect(await access.credentials()).toEqual({
      headers: { Authorization: 'Bearer very-secret' },
      clientCertificate: undefined,
    });
  });

  it('gives the client certificate and who is impersonated', async () => {
    const [cert, key] = ['a certificate', 'a key'];
    const user = {
      as: 'somebody',
      'client-certificate-data': Buffer.from(cert).toString('base64'),
      'client-key-data': Buffer.from(key).toString('base64'),
    };
    const access = await resolve({ kubeconfig: kubeconfig({}, user) });
    expect(await access.credentials()).toEqual({
      headers: { 'Impersonate-User': 'somebody' },
      clientCertificate: { cert, key },
    });
  });

  it('may name files beside it when it is given by path', async () => {
    await writeFile(join(folder, 'ca.pem'), 'from a file');
    await writeFile(join(folder, 'token'), 'first\n');
    const path = join(folder, 'config');
    await writeFile(
      path,
      kubeconfig({ 'certificate-authority': 'ca.pem' }, { tokenFile: 'token', token: 'older' }),
    );
    const access = await resolve({ kubeconfigPath: path });
    expect(access.trust.ca).toBe('from a file');
    expect((await access.credentials()).headers.Authorization).toBe('Bearer first');
    await writeFile(join(folder, 'token'), 'second\n');
    await access.renew();
    expect((await access.credentials()).headers.Authorization).toBe('Bearer second');
  });

  it('may have a program run where the server allows it, and runs it once for calls at once', async () => {
    const runs = join(folder, 'runs');
    const credential = JSON.stringify({ status: { token: 'from-a-program' } });
    const script = `echo run >> ${runs}; echo '${credential}'`;
    const user = { token: undefined, exec: { command: 'sh', args: ['-c', script] } };
    const access = await resolve(
      { kubeconfig: kubeconfig({}, user) },
      { mayNameFiles: false, mayRunPrograms: true },
    );
    await expect(readFile(runs, 'utf8')).rejects.toThrow('ENOENT');
    const both = await Promise.all([access.credentials(), access.credentials()]);
    for (const { headers } of both) expect(headers.Authorization).toBe('Bearer from-a-program');
    expect(await readFile(runs, 'utf8')).toBe('run\n');
    await access.renew();
    await access.credentials();
    expect(await readFile(runs, 'utf8')).toBe('run\nrun\n');
  });

  it('does not repeat what a failing program wrote', async () => {
    const user = { exec: { command: 'sh', args: ['-c', 'echo very-secret >&2; exit 1'] } };
    const access = await resolve(
      { kubeconfig: kubeconfig({}, user) },
      { mayNameFiles: false, mayRunPrograms: true },
    );
    const failed = access.credentials();
    await expect(failed).rejects.toThrow('could not be read');
    await expect(failed).rejects.not.toThrow('very-secret');
  });

  it('reads no file that it is not allowed to name', async () => {
    const refused = resolve({ kubeconfig: kubeconfig({}, { 'token-file': '/does/not/exist' }) });
    await expect(refused).rejects.toThrow('name files');
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['names files in a pasted text', { 'certificate-authority': '/etc/passwd' }, {}, 'name files'],
    ['names a client certificate', {}, { 'client-certificate': '/etc/passwd' }, 'name files'],
    ['names a token file', {}, { tokenFile: '/etc/passwd' }, 'name files'],
    [
      'hides a token file in a provider',
      {},
      { 'auth-provider': { name: 'oidc', config: { tokenFile: '/etc/passwd' } } },
      'name files',
    ],
    [
      'names the authority of a provider',
      {},
      { 'auth-provider': { name: 'oidc', config: { 'idp-certificate-authority': '/etc/passwd' } } },
      'name files',
    ],
    ['skips the check of the certificate', { 'insecure-skip-tls-verify': true }, {}, 'verified'],
    ['runs a program for a token', {}, { exec: { command: 'sh' } }, 'run a program'],
    [
      'hides a program in a provider',
      {},
      { 'auth-provider': { name: 'oidc', config: { exec: { command: 'sh' } } } },
      'run a program',
    ],
    [
      'runs the program of an old provider',
      {},
      { 'auth-provider': { name: 'gcp', config: { 'cmd-path': 'sh' } } },
      'run a program',
    ],
    ['does not encrypt', { server: 'http://one.example' }, {}, 'not be encrypted'],
    ['names a proxy that nobody knows', { 'proxy-url': 'ftp://proxy' }, {}, 'can be used'],
    ['brings no credentials', {}, { token: undefined }, 'neither a token'],
    ['brings a password', {}, { username: 'me', password: 'very-secret' }, 'passwords'],
  ])('is refused when it %s', async (_title, cluster, user, why) => {
    const text = kubeconfig(cluster, { token: 'very-secret', ...user });
    const refused = resolve({ kubeconfig: text });
    await expect(refused).rejects.toThrow(why);
    await expect(refused).rejects.not.toThrow('very-secret');
  });

  it('is refused when a pinned certificate would hide behind its proxy', async () => {
    const text = kubeconfig({ 'proxy-url': 'http://proxy.example:3128' });
    const refused = resolve({ kubeconfig: text, certificateFingerprint: 'AB'.repeat(32) });
    await expect(refused).rejects.toThrow('behind the proxy');
  });

  it('lists its contexts when the wanted one is missing', async () => {
    const refused = resolve({ kubeconfig: kubeconfig(), context: 'there' });
    await expect(refused).rejects.toThrow('it has here');
  });

  it('does not repeat its text when it is not YAML', async () => {
    const refused = resolve({ kubeconfig: 'token: [very-secret' });
    await expect(refused).rejects.toThrow('not YAML');
    await expect(refused).rejects.not.toThrow('very-secret');
  });
});

describe('the configuration of a cluster', () => {
  it.each([
    [{}, 'exactly one'],
    [{ kubeconfig: 'x', server: 'https://one.example', token: 't' }, 'exactly one'],
    [{ server: 'https://one.example' }, 'needs a token'],
    [{ server: 'http://one.example', token: 't' }, 'https'],
    [{ inCluster: true, certificateFingerprint: 'AB' }, '64 hexadecimal'],
  ])('%j is refused at the edge', (configuration, why) => {
    const result = clusterConfiguration.safeParse(configuration);
    expect(result.error?.issues.map((issue) => issue.message).join()).toContain(why);
  });
});
