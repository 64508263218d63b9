import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vsphereCollector, vsphereConfiguration } from '../../../src/collectors/vsphere/index.js';
import type { VsphereConfiguration } from '../../../src/collectors/vsphere/index.js';
import { startVcsim, type Vcsim, type VcsimOptions } from '../../lab/vcsim.js';
import { configurationOf, govc, readWhole } from './whole-read.js';

const run = promisify(execFile);
const signal = new AbortController().signal;
let folder: string;
let authority: string;
const servers = new Map<string, Vcsim>();

const openssl = (...args: readonly string[]): Promise<unknown> =>
  run('openssl', args, { cwd: folder });

/** A certificate of the test's own authority. With a negative number of days it has expired. */
async function issue(
  name: string,
  alternative: string,
  days = 30,
): Promise<Pick<VcsimOptions, 'certificateFile' | 'keyFile'>> {
  const file = (ending: string): string => join(folder, `${name}.${ending}`);
  await openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    file('key'),
    '-out',
    file('csr'),
  );
  await writeFile(file('ext'), `subjectAltName=${alternative}\n`);
  await openssl(
    'x509',
    '-req',
    '-in',
    file('csr'),
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    String(days),
    '-extfile',
    file('ext'),
    '-out',
    file('crt'),
  );
  return { certificateFile: file('crt'), keyFile: file('key') };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opal-tls-'));
  await openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=lab authority',
    '-days',
    '3650',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
  );
  authority = await readFile(join(folder, 'ca.crt'), 'utf8');
  const certificates = {
    valid: await issue('valid', 'IP:127.0.0.1'),
    expired: await issue('expired', 'IP:127.0.0.1', -1),
    otherName: await issue('other', 'DNS:vcenter.example.org'),
    selfSigned: {},
  };
  for (const [name, options] of Object.entries(certificates)) {
    servers.set(name, await startVcsim({ machines: 1, clusters: 0, ...options }));
  }
});

afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

function server(name: string): Vcsim {
  const found = servers.get(name);
  if (found === undefined) throw new Error(`there is no server ${name}`);
  return found;
}

const unpinned = (vcsim: Vcsim): VsphereConfiguration =>
  vsphereConfiguration.parse({
    address: vcsim.host,
    username: vcsim.username,
    password: vcsim.password,
    authority,
  });
const foreignPin = 'AB:'.repeat(31) + 'CD';

describe('the certificate of a source', () => {
  it('is accepted where an authority vouches for it', async () => {
    const valid = server('valid');
    const verification = await vsphereCollector.verify(unpinned(valid), signal);
    expect(verification).toMatchObject({ ok: true, certificate: { trusted: true } });
    expect((await readWhole(unpinned(valid))).proof.counts.Host).toBe(1);
  });

  it.each([
    ['expired', 'expired'],
    ['otherName', 'another name'],
    ['selfSigned', 'self-signed'],
  ])('is refused without a login where it is %s', async (name, words) => {
    const vcsim = server(name);
    await vcsim.admin.resetCounts();
    const verification = await vsphereCollector.verify(unpinned(vcsim), signal);
    expect(verification.ok).toBe(false);
    expect(verification.certificate).toMatchObject({ trusted: false, sha256: vcsim.sha256 });
    expect(verification.certificate?.reason).toContain(words);
    await expect(readWhole(unpinned(vcsim))).rejects.toMatchObject({
      code: 'vsphere.certificate.untrusted',
    });
    expect((await vcsim.admin.counts()).calls).toEqual({});
  });

  it.each(['expired', 'otherName', 'selfSigned', 'valid'])(
    'is accepted by its fingerprint where it is %s',
    async (name) => {
      const vcsim = server(name);
      const verification = await vsphereCollector.verify(configurationOf(vcsim), signal);
      expect(verification.ok).toBe(true);
      expect(verification.certificate).toMatchObject({ sha256: vcsim.sha256, sha1: vcsim.sha1 });
      expect((await readWhole(configurationOf(vcsim))).proof.counts.Host).toBe(1);
    },
  );

  it('stops everything where it is not the accepted one, and shows both', async () => {
    const vcsim = server('valid');
    await vcsim.admin.resetCounts();
    const configuration = { ...unpinned(vcsim), fingerprint: foreignPin };
    const verification = await vsphereCollector.verify(configuration, signal);
    expect(verification.ok).toBe(false);
    const [finding] = verification.findings;
    expect(finding?.what).toContain(foreignPin);
    expect(finding?.what).toContain(vcsim.sha256);
    await expect(readWhole(configuration)).rejects.toMatchObject({
      code: 'vsphere.certificate.changed',
      accepted: foreignPin,
      shown: vcsim.sha256,
      retryable: false,
    });
    expect((await vcsim.admin.counts()).calls).toEqual({});
  });

  it('is compared again on each new connection of a session', async () => {
    const vcsim = await startVcsim({ machines: 1, clusters: 0 });
    try {
      const accepted = vcsim.sha256;
      const error: unknown = await vsphereCollector
        .around(
          configurationOf(vcsim),
          async (session) => {
            const first = await vsphereCollector.next(session, undefined, signal);
            if (first.type === 'done') throw new Error('it ended with its first page');
            await vcsim.admin.rotateCertificate();
            // Cuts the connection that was kept alive, so that the next call makes another.
            await vcsim.admin.inject({ method: 'RetrievePropertiesEx', action: 'drop', count: 1 });
            await vsphereCollector.next(session, first.cursor, signal);
          },
          signal,
        )
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'vsphere.certificate.changed', accepted });
    } finally {
      await vcsim.stop();
    }
  });
});

describe('the verification of a source', () => {
  it('names each missing privilege with what it would prevent', async () => {
    const vcsim = server('selfSigned');
    await vcsim.admin.denyPrivileges(['VirtualMachine.Interact.PowerOff', 'System.View']);
    const verification = await vsphereCollector.verify(configurationOf(vcsim), signal);
    await vcsim.admin.denyPrivileges([]);
    expect(verification.privileges?.missing).toEqual([
      'System.View',
      'VirtualMachine.Interact.PowerOff',
    ]);
    expect(verification.ok).toBe(false);
    expect(verification.findings.map(({ severity }) => severity)).toEqual(['blocker', 'warning']);
    expect(verification.findings[1]).toMatchObject({
      what: expect.stringContaining('VirtualMachine.Interact.PowerOff') as string,
      effect: expect.stringContaining('shut down') as string,
    });
  });

  it('says so where the privileges could not be checked', async () => {
    const vcsim = server('selfSigned');
    for (const method of ['HasPrivilegeOnEntities', 'FetchUserPrivilegeOnEntities']) {
      await vcsim.admin.inject({ method, action: 'fault', fault: 'NotSupported' });
    }
    const verification = await vsphereCollector.verify(configurationOf(vcsim), signal);
    await vcsim.admin.removeRules();
    expect(verification.privileges).toBeUndefined();
    expect(verification.findings[0]?.what).toContain('could not be checked');
  });

  it('finds a wrong password, with the product that was learnt before', async () => {
    const vcsim = server('selfSigned');
    const configuration = configurationOf(vcsim, { password: 'wrong' });
    const verification = await vsphereCollector.verify(configuration, signal);
    expect(verification.ok).toBe(false);
    expect(verification.product).toContain('vCenter');
    expect(verification.findings[0]?.what).toContain('refuses the login');
    expect(JSON.stringify(verification)).not.toContain('"wrong"');
  });

  it('tells product, version, instance and clock', async () => {
    const vcsim = server('selfSigned');
    const about = await govc(vcsim, 'about', '-json');
    const verification = await vsphereCollector.verify(configurationOf(vcsim), signal);
    expect(about).toContain(verification.instanceId);
    expect(verification.version).toMatch(/^\d/u);
    expect(Math.abs(verification.clockSkewSeconds ?? Infinity)).toBeLessThanOrEqual(60);
  });

  it('says that a server which is no vSphere is none', async () => {
    const vcsim = server('selfSigned');
    await vcsim.admin.inject({ method: 'RetrieveServiceContent', action: 'status', status: 404 });
    const verification = await vsphereCollector.verify(configurationOf(vcsim), signal);
    await vcsim.admin.removeRules();
    expect(verification.findings[0]?.what).toContain('not the vSphere server');
  });

  it('throws where nothing answers', async () => {
    const configuration = vsphereConfiguration.parse({
      address: '127.0.0.1:1',
      username: 'somebody',
      password: 'something',
    });
    await expect(vsphereCollector.verify(configuration, signal)).rejects.toMatchObject({
      code: 'vsphere.unreachable',
      retryable: true,
    });
  });
});
