import { afterEach, describe, expect, it } from 'vitest';
import {
  clusterConfiguration,
  connectCluster,
  lookAtCertificate,
  resources,
  resolveAccess,
  type Cluster,
} from '../../src/kubernetes/index.js';
import { newNamespace, realCluster } from './real-cluster.js';

const configMap = (namespace: string, name: string, data: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});

const opened: Cluster[] = [];

async function connect(configuration: Record<string, unknown>): Promise<Cluster> {
  const cluster = await connectCluster(clusterConfiguration.parse(configuration));
  opened.push(cluster);
  return cluster;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((cluster) => cluster.close()));
});

describe('a cluster', () => {
  it('lists every page of a selection', async () => {
    const { cluster } = await realCluster();
    const namespace = await newNamespace('pages');
    const names = Array.from({ length: 5 }, (_, index) => `map-${index}`);
    for (const name of names) {
      await cluster.apply(resources.configMap, configMap(namespace, name));
    }
    const list = await cluster.list(resources.configMap, { namespace, limit: 2 });
    expect(list.objects.map((object) => object.metadata.name)).toEqual(names);
    expect(list.objects.map((object) => object.kind)).toEqual(names.map(() => 'ConfigMap'));
    const pages = [];
    for await (const page of cluster.pages(resources.configMap, { namespace, limit: 2 })) {
      pages.push(page.objects.length);
    }
    expect(pages).toEqual([2, 2, 1]);
  });

  it('stores nothing in a dry run', async () => {
    const { cluster } = await realCluster();
    const namespace = await newNamespace('dry');
    const answer = await cluster.apply(resources.configMap, configMap(namespace, 'ghost'), {
      dryRun: true,
    });
    expect(answer.metadata.name).toBe('ghost');
    expect(await cluster.get(resources.configMap, { namespace, name: 'ghost' })).toBeUndefined();
  });

  it('leaves fields of other managers alone and takes them over only by force', async () => {
    const { cluster } = await realCluster();
    const namespace = await newNamespace('apply');
    await cluster.create(resources.configMap, configMap(namespace, 'owned', { theirs: '1' }));
    const wanted = configMap(namespace, 'owned', { ours: '2' });
    const merged = await cluster.apply(resources.configMap, wanted);
    expect(merged.data).toEqual({ theirs: '1', ours: '2' });
    const contested = configMap(namespace, 'owned', { theirs: '3' });
    await expect(cluster.apply(resources.configMap, contested)).rejects.toMatchObject({
      reason: 'conflict',
      resource: 'configmaps',
      objectName: 'owned',
    });
    const forced = await cluster.apply(resources.configMap, contested, { force: true });
    expect(forced.data).toEqual({ theirs: '3' });
  });

  it('deletes only the object of the expected UID', async () => {
    const { cluster } = await realCluster();
    const namespace = await newNamespace('uid');
    const made = await cluster.apply(resources.configMap, configMap(namespace, 'mine'));
    const name = { namespace, name: 'mine' };
    await expect(
      cluster.remove(resources.configMap, { ...name, uid: crypto.randomUUID() }),
    ).rejects.toMatchObject({ reason: 'preconditionFailed' });
    const uid = made.metadata.uid ?? '';
    expect(await cluster.remove(resources.configMap, { ...name, uid })).toBe('removed');
    expect(await cluster.remove(resources.configMap, { ...name, uid })).toBe('absent');
  });

  it('refuses to create what exists already', async () => {
    const { cluster } = await realCluster();
    const namespace = await newNamespace('twice');
    await cluster.create(resources.configMap, configMap(namespace, 'one'));
    await expect(
      cluster.create(resources.configMap, configMap(namespace, 'one')),
    ).rejects.toMatchObject({ reason: 'alreadyExists', retryable: false });
  });

  it('names the fields that the API server refuses', async () => {
    const { cluster } = await realCluster();
    const namespace = await newNamespace('invalid');
    const refused = cluster.apply(resources.configMap, configMap(namespace, 'Not_A_Name'));
    await expect(refused).rejects.toMatchObject({
      reason: 'invalid',
      causes: [{ field: 'metadata.name' }],
    });
  });

  it('says which right is missing and how to check it', async () => {
    const real = await realCluster();
    const powerless = await connect({
      server: real.cluster.server,
      token: real.powerlessToken,
      certificateAuthority: real.authority,
    });
    const refused = powerless.list(resources.virtualMachine, { namespace: 'default' });
    await expect(refused).rejects.toMatchObject({ reason: 'forbidden', retryable: false });
    await expect(refused).rejects.toThrow(
      'kubectl auth can-i list virtualmachines.kubevirt.io -n default',
    );
    const [review] = await powerless.review([{ verb: 'create', resource: resources.secret }]);
    expect(review?.allowed).toBe(false);
  });

  it('says that a token is not accepted, without repeating it', async () => {
    const real = await realCluster();
    const stranger = await connect({
      server: real.cluster.server,
      token: 'very-secret-token',
      certificateAuthority: real.authority,
    });
    const error: unknown = await stranger.list(resources.pod).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ reason: 'unauthorized' });
    expect(JSON.stringify(error) + String(error)).not.toContain('very-secret-token');
  });

  it('tells what the cluster serves', async () => {
    const { cluster } = await realCluster();
    expect(await cluster.serves(resources.pod)).toBe(true);
    const nowhere = { ...resources.pod, group: 'nowhere.example', plural: 'nothings' };
    expect(await cluster.serves(nowhere)).toBe(false);
  });
});

describe('the certificate of a cluster', () => {
  it('is refused where nobody vouches for it', async () => {
    const { cluster } = await realCluster();
    const stranger = await connect({ server: cluster.server, token: 'any' });
    await expect(stranger.version()).rejects.toMatchObject({
      reason: 'certificate',
      retryable: false,
    });
  });

  it('is accepted by its pinned fingerprint alone', async () => {
    const real = await realCluster();
    const access = await resolveAccess(
      clusterConfiguration.parse({ server: real.cluster.server, token: 'any' }),
    );
    const shown = await lookAtCertificate(access, AbortSignal.timeout(10_000));
    expect(shown.trusted).toBe(false);
    const pinned = await connect({
      server: real.cluster.server,
      token: real.powerlessToken,
      certificateFingerprint: shown.certificate.fingerprint256,
    });
    expect((await pinned.version()).platform).toContain('linux');
  });

  it('is refused where another one is pinned, although its chain is trusted', async () => {
    const real = await realCluster();
    const pinned = await connect({
      server: real.cluster.server,
      token: real.powerlessToken,
      certificateAuthority: real.authority,
      certificateFingerprint: 'AB'.repeat(32),
    });
    await expect(pinned.version()).rejects.toThrow(/ABAB.* is pinned/u);
  });
});
