import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { clusterConfiguration, resolveAccess } from '../../src/kubernetes/index.js';

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

const resolve = (configuration: Record<string, unknown>) =>
  resolveAccess(clusterConfiguration.parse(configuration));

describe('a kubeconfig', () => {
  it('gives server, authority and token of its current context', async () => {
    const authority = Buffer.from('an authority').toString('base64');
    const text = kubeconfig({ 'certificate-authority-data': authority });
    expect(await resolve({ kubeconfig: text })).toEqual({
      name: 'here',
      server: 'https://one.example:6443',
      token: { value: 'very-secret' },
      certificateAuthority: 'an authority',
    });
  });

  it('may name files beside it when it is given by path', async () => {
    await writeFile(join(folder, 'ca.pem'), 'from a file');
    const path = join(folder, 'config');
    await writeFile(path, kubeconfig({ 'certificate-authority': 'ca.pem' }));
    const access = await resolve({ kubeconfigPath: path });
    expect(access.certificateAuthority).toBe('from a file');
  });

  it.each([
    ['names files in a pasted text', { 'certificate-authority': '/etc/passwd' }, {}, 'name files'],
    ['skips the check of the certificate', { 'insecure-skip-tls-verify': true }, {}, 'verified'],
    ['runs a program for a token', {}, { exec: { command: 'sh' } }, 'run a program'],
    ['does not encrypt', { server: 'http://one.example' }, {}, 'not be encrypted'],
    ['brings no credentials', {}, { token: undefined }, 'neither a token'],
  ])('is refused when it %s', async (_title, cluster, user, why) => {
    const text = kubeconfig(cluster, { token: 'very-secret', ...user });
    const refused = resolve({ kubeconfig: text });
    await expect(refused).rejects.toThrow(why);
    await expect(refused).rejects.not.toThrow('very-secret');
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
