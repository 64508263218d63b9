import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRecord, EdgeTarget, EntityKind } from '../../../src/graph/model/index.js';
import { kindDefinition } from '../../../src/graph/model/index.js';
import { clusterConfiguration, resources } from '../../../src/kubernetes/index.js';
import { startFaultProxy, type FaultProxy } from '../../kubernetes/fault-proxy.js';
import { newNamespace, realCluster, type RealCluster } from '../../kubernetes/real-cluster.js';
import { eventually } from '../../lab/eventually.js';
import { readWhole, recordsOf } from './read-whole.js';
import { attachment, blankVolume, machine } from './target-objects.js';

const vlanConfig = JSON.stringify({
  cniVersion: '0.3.1',
  name: 'lan',
  plugins: [{ type: 'cnv-bridge', bridge: 'br-prod', vlan: 42 }, { type: 'tuning' }],
});

let real: RealCluster;
let namespace: string;
let proxy: FaultProxy | undefined;

beforeAll(async () => {
  real = await realCluster();
  namespace = await newNamespace('read');
  const { cluster } = real;
  await cluster.apply(resources.networkAttachment, attachment(namespace, vlanConfig));
  await cluster.apply(resources.dataVolume, blankVolume(namespace, 'web-root'));
  const made = machine(namespace, 'web', {
    annotations: { 'opal.konveyor.io/migrated-from': 'vc/VirtualMachine/vm-1' },
  });
  await cluster.apply(resources.virtualMachine, made);
  await eventually('KubeVirt has looked at the machine', async () => {
    const seen = await cluster.get(resources.virtualMachine, { namespace, name: 'web' });
    return seen?.status !== undefined;
  });
});

afterEach(async () => {
  await proxy?.stop();
  proxy = undefined;
});

const configuration = (server = real.cluster.server) =>
  clusterConfiguration.parse({
    server,
    token: real.token,
    certificateAuthority: real.authority,
  });

const find = <K extends EntityKind>(records: readonly AnyRecord[], kind: K, externalId: string) =>
  records.find(
    (record): record is Extract<AnyRecord, { kind: K }> =>
      record.kind === kind && record.externalId === externalId,
  );

/** Every relationship target as `kind externalId`, with the kind of the edge where none is named. */
function targetsOf(record: AnyRecord): string[] {
  const { edges } = kindDefinition(record.kind);
  return Object.entries(record.edges).flatMap(([name, value]) => {
    // The records are typed by kind; over all kinds an edge is one target or a list of them.
    const targets = (Array.isArray(value) ? value : [value]) as EdgeTarget[];
    return targets.map(
      (target) => `${target.kind ?? edges[name]?.to[0] ?? ''} ${target.externalId}`,
    );
  });
}

describe('a full read of a target', () => {
  it('gives every kind, and every relationship leads to an object that was read', async () => {
    const { objects } = await readWhole(configuration());
    const records = recordsOf(objects);
    const kinds = new Set(records.map(({ kind }) => kind));
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'KubernetesCluster',
        'Namespace',
        'Node',
        'NodeInterface',
        'ResourceQuota',
        'StorageClass',
        'NetworkAttachment',
        'NodeNetworkPolicy',
        'DataVolume',
        'InstanceType',
        'Preference',
        'VirtualMachine',
        'Disk',
        'Nic',
      ]),
    );
    const ids = new Set(records.map(({ kind, externalId }) => `${kind} ${externalId}`));
    expect(ids.size).toBe(records.length);
    expect(records.flatMap(targetsOf).filter((target) => !ids.has(target))).toEqual([]);
  });

  it('proves the number of objects of each kind', async () => {
    const { objects, proof } = await readWhole(configuration());
    const seen: Record<string, number> = {};
    for (const { type } of objects) seen[type] = (seen[type] ?? 0) + 1;
    const proven = Object.entries(proof.counts).filter(([, count]) => count > 0);
    expect(Object.fromEntries(proven)).toEqual(seen);
  });

  it('gives a machine with its disks, adapters and origin', async () => {
    const { objects } = await readWhole(configuration());
    const records = recordsOf(objects);
    expect(find(records, 'VirtualMachine', `${namespace}/web`)).toMatchObject({
      name: 'web',
      properties: {
        powerState: 'poweredOff',
        cpuCount: 6,
        coresPerSocket: 3,
        memoryMB: 3072,
        firmware: 'bios',
        runStrategy: 'Halted',
        migratedFrom: 'vc/VirtualMachine/vm-1',
        uuid: '4231d5f0-6a44-8a5c-0000-0123456789ab',
        diskCount: 1,
        nicCount: 1,
      },
      edges: { networks: [{ kind: 'NetworkAttachment', externalId: `${namespace}/lan` }] },
    });
    expect(find(records, 'Disk', `${namespace}/web/root`)).toMatchObject({
      properties: { file: `${namespace}/web-root`, serial: 'abc', bus: 'virtio' },
    });
    expect(find(records, 'Nic', `${namespace}/web/lan`)).toMatchObject({
      properties: { mac: '02:00:00:aa:bb:01', model: 'virtio' },
    });
    expect(find(records, 'NetworkAttachment', `${namespace}/lan`)).toMatchObject({
      properties: { pluginType: 'cnv-bridge', bridge: 'br-prod', vlanId: 42 },
    });
  });

  it('gives what a plan needs of nodes and storage', async () => {
    const records = recordsOf((await readWhole(configuration())).objects);
    expect(find(records, 'Node', 'worker-gpu')?.properties).toMatchObject({
      ready: true,
      kvm: true,
      cpuAllocatableMillis: 96_000,
      memoryAllocatableBytes: 1024 * 2 ** 30,
      cpuRequestedMillis: expect.any(Number) as number,
      zone: 'zone-c',
    });
    expect(find(records, 'Node', 'worker-gpu')?.properties.extendedResources).toContain(
      'nvidia.com/GA102GL_A10=4',
    );
    const classes = records.filter((record) => record.kind === 'StorageClass');
    expect(classes.length).toBeGreaterThan(0);
    expect(classes.flatMap(({ properties }) => properties.claimPropertySets ?? [])).toContainEqual(
      expect.stringMatching(/^ReadWrite(?:Many|Once)\/(?:Block|Filesystem)$/u),
    );
    const [cluster] = records.filter((record) => record.kind === 'KubernetesCluster');
    expect(cluster?.properties).toMatchObject({ kubevirtVersion: 'v1.7.0', cdiVersion: 'v1.62.0' });
  });

  it('keeps no start-up data of machines, which may hold passwords', async () => {
    const { objects } = await readWhole(configuration());
    expect(JSON.stringify(objects)).not.toContain('hunter2');
  });

  it('gives the same objects when each page is read in a session of its own', async () => {
    const whole = await readWhole(configuration());
    const pieces = await readWhole(configuration(), 1);
    const stable = (read: typeof whole) =>
      recordsOf(read.objects).map(({ kind, externalId, edges }) => ({ kind, externalId, edges }));
    expect(stable(pieces)).toEqual(stable(whole));
    expect(pieces.proof.counts).toEqual(whole.proof.counts);
  });

  it('notes a resource that the cluster does not have, and goes on', async () => {
    proxy = await startFaultProxy(real.cluster.server, real.folder);
    proxy.decide = ({ url }) =>
      url.pathname.startsWith('/apis/nmstate.io') ? { type: 'answer', status: 404 } : undefined;
    const { omissions, proof, objects } = await readWhole(configuration(proxy.url));
    expect(omissions).toContainEqual({
      kind: 'NodeNetworkPolicy',
      what: 'list nodenetworkconfigurationpolicies.nmstate.io',
      why: 'the cluster does not have this resource',
    });
    expect(proof.counts.NodeNetworkPolicy).toBe(0);
    expect(objects.some(({ type }) => type === 'VirtualMachine')).toBe(true);
  });

  it('proves nothing about a kind that it may not list', async () => {
    proxy = await startFaultProxy(real.cluster.server, real.folder);
    const refusal = { kind: 'Status', code: 403, message: 'no right to list them' };
    proxy.decide = ({ url }) =>
      url.pathname.endsWith('/virtualmachineinstancetypes') || url.pathname.endsWith('/pods')
        ? { type: 'answer', status: 403, body: refusal }
        : undefined;
    const { omissions, proof, objects } = await readWhole(configuration(proxy.url));
    expect(omissions).toContainEqual(
      expect.objectContaining({ kind: 'InstanceType', why: 'no right to list them' }),
    );
    expect(omissions).toContainEqual(
      expect.objectContaining({ kind: 'Node', what: 'list pods', why: 'no right to list them' }),
    );
    expect(proof.counts).not.toHaveProperty('InstanceType');
    const node = find(recordsOf(objects), 'Node', 'worker-a');
    expect(node?.properties.cpuRequestedMillis).toBeUndefined();
  });

  it('fails, and proves nothing, when a list breaks off', async () => {
    proxy = await startFaultProxy(real.cluster.server, real.folder);
    proxy.decide = ({ url }) =>
      url.pathname.endsWith('/virtualmachines') ? { type: 'answer', status: 500 } : undefined;
    await expect(readWhole(configuration(proxy.url))).rejects.toMatchObject({ retryable: true });
  });
});
