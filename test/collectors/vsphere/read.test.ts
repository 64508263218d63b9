import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ProofOfCompleteness, RawObject } from '../../../src/collectors/contract.js';
import { vsphereCursor } from '../../../src/collectors/vsphere/full-read.js';
import { vsphereCollector } from '../../../src/collectors/vsphere/index.js';
import { startVcsim, type Vcsim } from '../../lab/vcsim.js';
import {
  configurationOf,
  edgesOf,
  govc,
  mapped,
  readWhole,
  recordsOf,
  type WholeRead,
} from './whole-read.js';

let vcsim: Vcsim;
/** Inventory path of the machine that has a tag and a custom attribute. */
let labelled: string;

beforeAll(async () => {
  vcsim = await startVcsim({
    datacenters: 2,
    clusters: 2,
    hosts: 2,
    standaloneHosts: 1,
    resourcePools: 1,
    machines: 3,
    datastores: 2,
    portGroups: 2,
    opaqueNetworks: 1,
    vApps: 1,
    storagePods: 1,
    folders: 1,
  });
  const tag = async (category: string, name: string): Promise<void> => {
    await govc(vcsim, 'tags.category.create', category);
    await govc(vcsim, 'tags.create', '-c', category, name);
  };
  await tag('tier', 'gold / α');
  labelled = (await govc(vcsim, 'find', '/', '-type', 'm')).trim().split('\n').sort()[0] ?? '';
  await govc(vcsim, 'tags.attach', 'gold / α', labelled);
  await govc(vcsim, 'fields.add', 'owner');
  await govc(vcsim, 'fields.set', 'owner', 'team ü', labelled);
});

afterAll(async () => {
  await vcsim.stop();
});

afterEach(async () => {
  await vcsim.admin.removeRules();
});

const counts = (lines: readonly string[]): Record<string, number> => {
  const sum: Record<string, number> = {};
  for (const line of lines) sum[line] = (sum[line] ?? 0) + 1;
  return sum;
};

/** Kinds of records that are objects of the source, by govc's types. */
const kindOfGovc: Readonly<Record<string, string>> = {
  Folder: 'Folder',
  Datacenter: 'Datacenter',
  StoragePod: 'DatastoreCluster',
  ClusterComputeResource: 'Cluster',
  ComputeResource: 'Cluster',
  HostSystem: 'Host',
  Datastore: 'Datastore',
  Network: 'Network',
  OpaqueNetwork: 'Network',
  DistributedVirtualPortgroup: 'Network',
  DistributedVirtualSwitch: 'Switch',
  ResourcePool: 'ResourcePool',
  VirtualApp: 'ResourcePool',
  VirtualMachine: 'VirtualMachine',
};

/** Reads some pages in one session and the rest in another, from the cursor as it is stored. */
async function readWithCut(cut: number): Promise<Pick<WholeRead, 'objects' | 'proof'>> {
  const configuration = configurationOf(vcsim, { pageSize: 5 });
  const signal = new AbortController().signal;
  const objects: RawObject[] = [];
  let stored = '';
  const readOn = (most: number): Promise<ProofOfCompleteness | undefined> =>
    vsphereCollector.around(
      configuration,
      async (session) => {
        for (let pages = 0; pages < most; pages += 1) {
          const cursor = stored === '' ? undefined : vsphereCursor.parse(JSON.parse(stored));
          const page = await vsphereCollector.next(session, cursor, signal);
          if (page.type === 'done') return page.proof;
          objects.push(...page.objects);
          stored = JSON.stringify(page.cursor);
        }
        return undefined;
      },
      signal,
    );
  await readOn(cut);
  const proof = await readOn(Infinity);
  if (proof === undefined) throw new Error('the read did not come to its end');
  return { objects, proof };
}

describe('a full read', () => {
  it('has as many objects of every kind as govc finds', async () => {
    const { objects, proof, omissions } = await readWhole(configurationOf(vcsim));
    const found = (await govc(vcsim, 'find', '-l', '/')).trim().split('\n');
    const expected = counts(found.map((line) => line.split(/\s/u)[0] ?? ''));
    const byKind: Record<string, number> = {};
    for (const [type, count] of Object.entries(expected)) {
      const kind = kindOfGovc[type] ?? type;
      byKind[kind] = (byKind[kind] ?? 0) + count;
    }
    // Standard switches are parts of their hosts: the simulator gives each host one.
    byKind.Switch = (byKind.Switch ?? 0) + (byKind.Host ?? 0);
    expect(proof.counts).toEqual({ Tag: 1, Template: 0, ...byKind });
    const records = counts([...recordsOf(objects).values()].map(({ kind }) => kind));
    expect(records).toMatchObject({ ...byKind, Tag: 1 });
    expect(omissions).toEqual([]);
  });

  it('leads every relationship to an object that was read', async () => {
    const { objects } = await readWhole(configurationOf(vcsim));
    const records = recordsOf(objects);
    const dangling = [...edgesOf(records)].filter(
      (edge) => !records.has(edge.slice(edge.lastIndexOf(' ') + 1)),
    );
    expect(dangling).toEqual([]);
  });

  it('has the relationships of machines that govc reports', async () => {
    const { objects } = await readWhole(configurationOf(vcsim));
    const edges = edgesOf(recordsOf(objects));
    const reference = z.object({ type: z.string(), value: z.string() });
    const machines = z
      .object({
        virtualMachines: z.array(
          z.object({
            self: reference,
            parent: reference.optional(),
            resourcePool: reference,
            runtime: z.object({ host: reference }),
            datastore: z.array(reference).nullable(),
            network: z.array(reference).nullable(),
          }),
        ),
      })
      .parse(JSON.parse(await govc(vcsim, 'vm.info', '-json', '/...'))).virtualMachines;
    expect(machines.length).toBe(vcsim.virtualMachines);
    const expected = machines.flatMap(({ self, ...vm }) => {
      const from = `VirtualMachine/${self.value}`;
      return [
        `${from} host Host/${vm.runtime.host.value}`,
        `${from} resourcePool ResourcePool/${vm.resourcePool.value}`,
        ...(vm.parent === undefined ? [] : [`${from} folder Folder/${vm.parent.value}`]),
        ...(vm.datastore ?? []).map(({ value }) => `${from} datastores Datastore/${value}`),
        ...(vm.network ?? []).map(({ value }) => `${from} networks Network/${value}`),
      ];
    });
    const tagged = [...edges].filter((edge) => edge.includes(' tags '));
    const ours = [...edges].filter(
      (edge) => edge.startsWith('VirtualMachine/') && !edge.includes(' tags '),
    );
    expect(new Set(ours)).toEqual(new Set(expected));
    expect(tagged).toHaveLength(1);
  });

  it('gives a machine its path, tags and custom attributes', async () => {
    const { objects } = await readWhole(configurationOf(vcsim));
    const records = [...recordsOf(objects).values()];
    const machine = records.find(({ name }) => labelled.endsWith(`/${name}`));
    expect(machine?.properties).toMatchObject({
      path: labelled.slice(1),
      customAttributes: ['owner=team ü'],
    });
    const tag = records.find(({ kind }) => kind === 'Tag');
    expect(tag).toMatchObject({ name: 'gold / α', properties: { category: 'tier' } });
    expect(machine?.edges).toMatchObject({ tags: [{ kind: 'Tag', externalId: tag?.externalId }] });
  });

  it('gives the same objects in pages of three as in one', async () => {
    const large = await readWhole(configurationOf(vcsim));
    const small = await readWhole(configurationOf(vcsim, { pageSize: 3 }));
    expect(small.pages).toBeGreaterThan(large.pages);
    expect(edgesOf(recordsOf(small.objects))).toEqual(edgesOf(recordsOf(large.objects)));
    expect(small.proof.counts).toEqual(large.proof.counts);
  });

  it('goes on in a new session from the cursor of a lost one and proves the same counts', async () => {
    const whole = await readWhole(configurationOf(vcsim, { pageSize: 5 }));
    for (let cut = 1; cut < whole.pages; cut += Math.ceil(whole.pages / 10)) {
      const { objects, proof } = await readWithCut(cut);
      expect(proof.counts).toEqual(whole.proof.counts);
      expect([...recordsOf(objects).keys()].sort()).toEqual(
        [...recordsOf(whole.objects).keys()].sort(),
      );
    }
  });

  it('leaves no session behind when the burst fails', async () => {
    const before = await vcsim.admin.sessions();
    const burst = vsphereCollector.around(
      configurationOf(vcsim),
      async (session) => {
        await vsphereCollector.next(session, undefined, new AbortController().signal);
        throw new Error('the loader failed');
      },
      new AbortController().signal,
    );
    await expect(burst).rejects.toThrow('the loader failed');
    expect(await vcsim.admin.sessions()).toHaveLength(before.length);
  });

  it('leaves no session behind when it is cancelled within a call', async () => {
    const before = await vcsim.admin.sessions();
    await vcsim.admin.inject({
      method: 'RetrievePropertiesEx',
      skip: 3,
      action: 'hang',
      milliseconds: 60_000,
    });
    const stop = new AbortController();
    const read = vsphereCollector.around(
      configurationOf(vcsim),
      async (session) => {
        setTimeout(() => {
          stop.abort(new Error('enough'));
        }, 500);
        let page = await vsphereCollector.next(session, undefined, stop.signal);
        while (page.type === 'page') {
          page = await vsphereCollector.next(session, page.cursor, stop.signal);
        }
      },
      stop.signal,
    );
    await expect(read).rejects.toThrow('enough');
    expect(await vcsim.admin.sessions()).toHaveLength(before.length);
  });

  it('waits and asks again while the server is busy', async () => {
    const rule = await vcsim.admin.inject({
      method: 'RetrievePropertiesEx',
      skip: 2,
      count: 2,
      action: 'status',
      status: 503,
    });
    const { proof } = await readWhole(configurationOf(vcsim));
    expect(await vcsim.admin.hits(rule)).toBe(2);
    expect(proof.counts.VirtualMachine).toBe(vcsim.virtualMachines);
  });

  it('logs in again once when the server ended the session', async () => {
    await vcsim.admin.inject({
      method: 'RetrievePropertiesEx',
      skip: 4,
      count: 1,
      action: 'fault',
      fault: 'NotAuthenticated',
    });
    const { proof } = await readWhole(configurationOf(vcsim));
    expect(proof.counts.VirtualMachine).toBe(vcsim.virtualMachines);
  });

  it('throws a retryable error for an answer that was cut off, and proves nothing', async () => {
    await vcsim.admin.inject({ method: 'ContinueRetrievePropertiesEx', action: 'truncate' });
    await expect(readWhole(configurationOf(vcsim, { pageSize: 5 }))).rejects.toMatchObject({
      retryable: true,
    });
  });

  it('says as an omission that the tagging service was refused, and does not prove tags', async () => {
    await vcsim.admin.inject({
      method: 'POST',
      path: '/api/session',
      action: 'status',
      status: 403,
    });
    await vcsim.admin.inject({
      method: 'POST',
      path: '/rest/com/vmware/cis/session',
      action: 'status',
      status: 403,
    });
    const { omissions, proof, objects } = await readWhole(configurationOf(vcsim));
    expect(omissions).toMatchObject([{ kind: 'Tag', what: 'tags and their attachments' }]);
    expect(proof.counts.Tag).toBeUndefined();
    // The machine does not say that it has none, which would take it from the graph.
    const machine = objects.find(({ type }) => type === 'VirtualMachine');
    const [record] = machine === undefined ? [] : mapped(machine).records;
    expect(record).toMatchObject({ kind: 'VirtualMachine', unread: ['tags'] });
  });

  it('asks each host for its neighbours, and goes on without them where that is refused', async () => {
    const switches = ({ objects }: WholeRead): unknown[] =>
      [...recordsOf(objects).values()].flatMap((record) =>
        record.kind === 'PhysicalNic' ? (record.properties.switchName ?? []) : [],
      );
    const whole = await readWhole(configurationOf(vcsim));
    const hosts = whole.objects.filter(({ type }) => type === 'HostSystem').length;
    expect(switches(whole)).toHaveLength(2 * hosts);
    expect(switches(whole)).toContain('leaf-b');
    await vcsim.admin.inject({
      method: 'QueryNetworkHint',
      action: 'fault',
      fault: 'NoPermission',
    });
    await vcsim.admin.resetCounts();
    const without = await readWhole(configurationOf(vcsim));
    expect(switches(without)).toEqual([]);
    expect(without.omissions.filter(({ kind }) => kind === 'Host').length).toBeGreaterThan(0);
    expect(without.proof.counts.Host).toBe(hosts);
    // Where none may answer not all are asked.
    const { calls } = await vcsim.admin.counts();
    expect(calls.QueryNetworkHint).toBeLessThanOrEqual(12);
  });

  it('never shows the password in an error', async () => {
    const password = 'wrong-<&>-secret';
    const error: unknown = await readWhole(configurationOf(vcsim, { password })).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'vsphere.login.refused', retryable: false });
    expect(JSON.stringify(error) + String(error)).not.toContain('secret');
  });
});

describe('a single host', () => {
  it('is read without a vCenter', async () => {
    const host = await startVcsim({ esx: true, machines: 2 });
    try {
      const { proof, objects } = await readWhole(configurationOf(host, { product: 'esxi' }));
      expect(proof.counts).toMatchObject({ Host: 1, VirtualMachine: 2, Datacenter: 1, Cluster: 1 });
      const edges = [...edgesOf(recordsOf(objects))];
      expect(edges.filter((edge) => /^VirtualMachine.* host Host/u.test(edge))).toHaveLength(2);
    } finally {
      await host.stop();
    }
  });

  it('is refused where a vCenter was expected', async () => {
    const host = await startVcsim({ esx: true, machines: 1 });
    try {
      const read = readWhole(configurationOf(host, { product: 'vcenter' }));
      await expect(read).rejects.toMatchObject({ code: 'vsphere.product.unexpected' });
    } finally {
      await host.stop();
    }
  });
});
