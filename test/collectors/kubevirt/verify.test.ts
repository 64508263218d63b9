import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { kubevirtCollector } from '../../../src/collectors/kubevirt/index.js';
import { clusterConfiguration } from '../../../src/kubernetes/index.js';
import { startFaultProxy, type FaultProxy } from '../../kubernetes/fault-proxy.js';
import { realCluster, type RealCluster } from '../../kubernetes/real-cluster.js';

let real: RealCluster;
let proxy: FaultProxy | undefined;

beforeAll(async () => {
  real = await realCluster();
});

afterEach(async () => {
  await proxy?.stop();
  proxy = undefined;
});

const verify = (configuration: Record<string, unknown>) =>
  kubevirtCollector.verify(
    clusterConfiguration.parse({
      server: real.cluster.server,
      token: real.token,
      certificateAuthority: real.authority,
      ...configuration,
    }),
    AbortSignal.timeout(60_000),
  );

describe('the verification of a target', () => {
  it('shows certificate, versions, clock and rights', async () => {
    const verification = await verify({});
    expect(verification).toMatchObject({
      ok: true,
      certificate: {
        trusted: true,
        sha256: expect.stringMatching(/^(?:[0-9A-F]{2}:){31}/u) as string,
      },
      version: expect.stringMatching(/^v1\./u) as string,
      product: 'Kubernetes with KubeVirt v1.7.0 and CDI v1.62.0',
      privileges: { missing: [] },
      findings: [],
    });
    expect(verification.instanceId).toMatch(/^[0-9a-f-]{36}$/u);
    expect(verification.privileges?.present).toContain('create datavolumes.cdi.kubevirt.io');
    expect(verification.privileges?.present).toContain(
      'update virtualmachines/start.subresources.kubevirt.io',
    );
  });

  it('names each missing right with what it prevents', async () => {
    const verification = await verify({ token: real.powerlessToken });
    expect(verification.ok).toBe(false);
    const { findings } = verification;
    expect(findings).toContainEqual({
      severity: 'blocker',
      what: 'The account may not list virtualmachines.kubevirt.io',
      effect: 'VirtualMachine objects of the target cannot be collected.',
      remedy: expect.stringContaining('kubectl auth can-i list virtualmachines') as string,
    });
    expect(findings).toContainEqual(
      expect.objectContaining({
        severity: 'warning',
        what: 'The account may not create datavolumes.cdi.kubevirt.io',
        effect: 'Disks cannot be copied.',
      }),
    );
  });

  it('sends nothing to a server that nobody vouches for', async () => {
    proxy = await startFaultProxy(real.cluster.server, real.folder);
    const verification = await verify({ server: proxy.url, certificateAuthority: undefined });
    expect(verification.ok).toBe(false);
    expect(verification.certificate?.trusted).toBe(false);
    expect(verification.findings[0]?.what).toContain('not trusted');
    expect(proxy.requests).toEqual([]);
  });

  it('sends nothing to a server whose certificate is not the pinned one', async () => {
    proxy = await startFaultProxy(real.cluster.server, real.folder);
    const verification = await verify({
      server: proxy.url,
      certificateFingerprint: 'AB'.repeat(32),
    });
    expect(verification.ok).toBe(false);
    expect(verification.findings[0]?.what).toContain('is pinned');
    expect(proxy.requests).toEqual([]);
  });

  it('says that KubeVirt and CDI are missing', async () => {
    proxy = await startFaultProxy(real.cluster.server, real.folder);
    proxy.decide = ({ url }) =>
      /^\/apis\/(?:cdi\.)?kubevirt\.io/u.test(url.pathname)
        ? { type: 'answer', status: 404 }
        : undefined;
    const verification = await verify({ server: proxy.url });
    expect(verification.findings.map(({ what }) => what)).toEqual([
      'KubeVirt is not installed',
      'CDI is not installed',
    ]);
    expect(verification.ok).toBe(false);
  });

  it('says that the credentials are not accepted', async () => {
    const verification = await verify({ token: 'stranger' });
    expect(verification.ok).toBe(false);
    expect(verification.findings[0]?.remedy).toContain('renew the credentials');
  });
});
