import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  OpenstackCertificateChangedError,
  OpenstackCertificateError,
} from '../../../src/collectors/openstack/errors.js';
import { openstackCollector } from '../../../src/collectors/openstack/index.js';
import { RecordedCloud } from './recorded-cloud.js';
import { parsed, readWhole } from './whole-read.js';

const run = promisify(execFile);
const never = new AbortController().signal;
let cloud: RecordedCloud;
let certificate: string;
let fingerprint: string;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'opal-cloud-tls-'));
  const subject = ['-subj', '/CN=cloud', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', 'key.pem', '-out', 'cert.pem'];
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  await run('openssl', ['req', ...kind, ...subject, ...files], { cwd: folder });
  const key = await readFile(join(folder, 'key.pem'), 'utf8');
  certificate = await readFile(join(folder, 'cert.pem'), 'utf8');
  fingerprint = new X509Certificate(certificate).fingerprint256;
  await rm(folder, { recursive: true });
  cloud = await RecordedCloud.start({ key, cert: certificate });
});

beforeEach(() => {
  cloud.requests.length = 0;
});

afterAll(async () => {
  await cloud.stop();
});

const entered = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  cloud.configuration({ allowPlainHttp: false, ...more });

const other = (): string => fingerprint.replace(/^../u, (pair) => (pair === '00' ? '01' : '00'));

describe('a cloud with TLS', () => {
  it('is shown with its certificate, and is sent nothing while nobody vouches for it', async () => {
    const found = await openstackCollector.verify(parsed(entered()), never);
    expect(found.ok).toBe(false);
    expect(found.certificate).toMatchObject({ sha256: fingerprint, trusted: false });
    await expect(readWhole(entered())).rejects.toThrow(OpenstackCertificateError);
    expect(cloud.requests).toEqual([]);
  });

  it('is read where its fingerprint was accepted', async () => {
    const configuration = entered({ fingerprint });
    expect((await openstackCollector.verify(parsed(configuration), never)).ok).toBe(true);
    const { proof } = await readWhole(configuration);
    expect(proof.counts.VirtualMachine).toBe(cloud.list('compute/servers/detail').length);
  });

  it('is read where the authority of its certificate was given', async () => {
    const { proof } = await readWhole(entered({ authority: certificate }));
    expect(proof.counts.VirtualMachine).toBe(cloud.list('compute/servers/detail').length);
  });

  it('is sent nothing where it shows another certificate than the accepted one', async () => {
    const configuration = entered({ fingerprint: other() });
    expect((await openstackCollector.verify(parsed(configuration), never)).ok).toBe(false);
    await expect(readWhole(configuration)).rejects.toThrow(OpenstackCertificateChangedError);
    expect(cloud.requests).toEqual([]);
  });

  it('is read where the certificate is accepted as that of a further endpoint', async () => {
    const configuration = entered({ fingerprint: other(), endpointFingerprints: [fingerprint] });
    const { proof } = await readWhole(configuration);
    expect(proof.counts.VirtualMachine).toBeGreaterThan(100);
  });
});
