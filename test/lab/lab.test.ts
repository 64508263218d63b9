import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Agent, request } from 'undici';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allObjects } from './all-objects.js';
import { ClusterClient, collectionPath, type KubernetesObject } from './cluster-client.js';
import { eventually } from './eventually.js';
import { startKubernetes, type LabKubernetes } from './kubernetes.js';
import { buildLab, labBinary } from './lab-binary.js';
import { startVcsim, type Vcsim } from './vcsim.js';

const run = promisify(execFile);
/** From empty caches the programs are built first. */
const buildTimeoutMs = 40 * 60_000;

async function govc(vcsim: Vcsim, ...args: string[]): Promise<string> {
  const { stdout } = await run(await labBinary('govc'), args, {
    env: { ...process.env, ...vcsim.govcEnvironment },
  });
  return stdout;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  await buildLab();
}, buildTimeoutMs);

describe('the vCenter simulator', () => {
  let vcsim: Vcsim;
  const machine = { name: 'DC0_C0_RP0_VM0', id: '' };

  beforeAll(async () => {
    vcsim = await startVcsim({ machines: 2, shutdownDelayMs: 300 });
    const found = await govc(vcsim, 'find', '-i', '/', '-type', 'm', '-name', machine.name);
    machine.id = found.trim().replace('VirtualMachine:', '');
    return () => vcsim.stop();
  });

  async function powerState(): Promise<string> {
    const text = await govc(
      vcsim,
      'object.collect',
      '-s',
      `VirtualMachine:${machine.id}`,
      'runtime.powerState',
    );
    return text.trim();
  }

  it('shows govc the certificate that it announced', async () => {
    const certificate = await govc(vcsim, 'about.cert', '-k', '-json');
    const { thumbprintSHA256 } = z
      .object({ thumbprintSHA256: z.string() })
      .parse(JSON.parse(certificate));
    expect(thumbprintSHA256).toBe(vcsim.sha256);
  });

  it('refuses a wrong password', async () => {
    const wrong = {
      ...vcsim,
      govcEnvironment: { ...vcsim.govcEnvironment, GOVC_PASSWORD: 'wrong' },
    };
    await expect(govc(wrong, 'find', '/')).rejects.toThrow(/Login failure/);
  });

  it('closes the connection where a rule says so, and counts it', async () => {
    const rule = await vcsim.admin.inject({
      method: 'CreateContainerView',
      action: 'drop',
      count: 1,
    });
    await expect(govc(vcsim, 'object.collect', '-type', 'm', '/', 'name')).rejects.toThrow(/EOF/);
    expect(await vcsim.admin.hits(rule)).toBe(1);
    await vcsim.admin.removeRules();
    expect(await govc(vcsim, 'object.collect', '-type', 'm', '/', 'name')).toContain(machine.name);
  });

  it('lets a call take effect although its answer is lost', async () => {
    await govc(vcsim, 'vm.power', '-off', machine.name);
    await vcsim.admin.inject({ method: 'PowerOnVM_Task', action: 'executeThenDrop', count: 1 });
    await expect(govc(vcsim, 'vm.power', '-on', machine.name)).rejects.toThrow();
    expect(await powerState()).toBe('poweredOn');
    await vcsim.admin.removeRules();
  });

  it('answers with the fault that a rule names', async () => {
    await vcsim.admin.inject({
      method: 'PowerOffVM_Task',
      action: 'fault',
      fault: 'NoPermission',
      privilege: 'VirtualMachine.Interact.PowerOff',
    });
    await expect(govc(vcsim, 'vm.power', '-off', machine.name)).rejects.toThrow(/NoPermission/);
    await vcsim.admin.removeRules();
  });

  it('needs running tools for a guest shutdown, and gives the guest its time', async () => {
    await expect(govc(vcsim, 'vm.power', '-s', '-wait=false', machine.name)).rejects.toThrow(
      /ToolsUnavailable/,
    );
    await vcsim.admin.setProperties('VirtualMachine', machine.id, {
      'guest.toolsRunningStatus': '<val xsi:type="xsd:string">guestToolsRunning</val>',
    });
    await vcsim.admin.setHung(machine.id, true);
    await govc(vcsim, 'vm.power', '-s', '-wait=false', machine.name);
    await sleep(600);
    expect(await powerState()).toBe('poweredOn');

    await vcsim.admin.setHung(machine.id, false);
    await govc(vcsim, 'vm.power', '-s', '-wait=false', machine.name);
    await eventually('the guest is off', async () => (await powerState()) === 'poweredOff');
  });

  it('denies the privileges it is told to, and grants the others', async () => {
    await vcsim.admin.denyPrivileges(['Datastore.Browse']);
    expect(await availability(vcsim, ['Datastore.Browse', 'Datastore.FileManagement'])).toEqual({
      'Datastore.Browse': false,
      'Datastore.FileManagement': true,
    });
    await vcsim.admin.denyPrivileges([]);
  });

  it('changes its certificate on the same port', async () => {
    const { sha256 } = await vcsim.admin.rotateCertificate();
    expect(sha256).not.toBe(vcsim.sha256);
    const certificate = await govc(vcsim, 'about.cert', '-k', '-json');
    expect(certificate).toContain(sha256);
  });
});

describe('the Kubernetes cluster', () => {
  let cluster: LabKubernetes;

  beforeAll(async () => {
    cluster = await startKubernetes({ importStepMs: 50 });
    return () => cluster.stop();
  });

  function machine(name: string, domain: object, runStrategy = 'Halted'): KubernetesObject {
    return {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name, namespace: 'default' },
      spec: {
        runStrategy,
        template: {
          spec: { domain: { devices: {}, memory: { guest: '128Mi' }, ...domain } },
        },
      },
    };
  }

  async function create(object: KubernetesObject) {
    const { apiVersion, kind, metadata } = object;
    return await cluster.client.send(
      'POST',
      collectionPath(apiVersion, kind, metadata.namespace),
      object,
    );
  }

  it('admits a sound machine', async () => {
    expect((await create(machine('sound', {}))).status).toBe(201);
  });

  it("refuses secure boot without SMM in KubeVirt's own words", async () => {
    const answer = await create(
      machine('insecure', { firmware: { bootloader: { efi: { secureBoot: true } } } }),
    );
    expect(answer.status).toBe(422);
    expect(answer.body.message).toMatch(/SMM/);
  });

  it('runs and stops a machine through its subresources', async () => {
    await create(machine('runs', {}));
    const status = async () => {
      const found = await cluster.client.get('kubevirt.io/v1', 'VirtualMachine', 'runs', 'default');
      return found?.status?.printableStatus;
    };
    const subresource = (verb: string) =>
      cluster.client.send(
        'PUT',
        `/apis/subresources.kubevirt.io/v1/namespaces/default/virtualmachines/runs/${verb}`,
        {},
      );
    await eventually('the machine is stopped', async () => (await status()) === 'Stopped');
    expect((await subresource('start')).status).toBe(202);
    await eventually('the machine runs', async () => (await status()) === 'Running');
    expect((await subresource('stop')).status).toBe(202);
    await eventually('the machine is stopped', async () => (await status()) === 'Stopped');
  });

  it('imports a DataVolume in steps and binds its claim', async () => {
    const dataVolume: KubernetesObject = {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: { name: 'disk', namespace: 'default' },
      spec: {
        source: { vddk: { url: 'https://vcenter.example', uuid: 'a', backingFile: '[ds] a.vmdk' } },
        storage: { resources: { requests: { storage: '3Gi' } } },
      },
    };
    const seen = new Set<string>();
    await create(dataVolume);
    await eventually(
      'the import is done',
      async () => {
        const found = await cluster.client.get(
          'cdi.kubevirt.io/v1beta1',
          'DataVolume',
          'disk',
          'default',
        );
        const phase = String(found?.status?.phase);
        seen.add(phase);
        return phase === 'Succeeded';
      },
      { everyMs: 10 },
    );
    expect(seen).toContain('ImportInProgress');
    await eventually('the claim is bound', async () => {
      const claim = await cluster.client.get('v1', 'PersistentVolumeClaim', 'disk', 'default');
      return claim?.status?.phase === 'Bound' && claim.spec?.volumeMode === 'Block';
    });
  });

  it('completes a Job, and fails one that is told to fail', async () => {
    const job = (name: string, outcome: string): KubernetesObject => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace: 'default' },
      spec: {
        backoffLimit: 0,
        template: {
          metadata: { annotations: { 'lab.opal/outcome': outcome } },
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'convert', image: 'example.com/convert:1' }],
          },
        },
      },
    });
    const condition = async (name: string) => {
      const found = await cluster.client.get('batch/v1', 'Job', name, 'default');
      const { conditions } = z
        .object({
          conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
        })
        .parse(found?.status ?? {});
      return conditions.filter(({ status }) => status === 'True').map(({ type }) => type);
    };
    await create(job('good', 'done'));
    await create(job('bad', 'failed'));
    await eventually('the job is complete', async () =>
      (await condition('good')).includes('Complete'),
    );
    await eventually('the job failed', async () => (await condition('bad')).includes('Failed'));
  });

  it('gives the viewer no more than discovery', async () => {
    const { status } = await fetchAs(cluster, cluster.viewToken);
    expect(status).toBe(403);
  });

  it('is in every object as it was at its start once it was restored', async () => {
    await cluster.restore();
    const before = await allObjects(cluster.client);
    // What tests do: make things of all sorts, change what was there, take away what was there.
    await cluster.client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'new' } });
    await create(machine('left-behind', {}, 'Always'));
    await eventually('the machine runs', async () => {
      const pods = await cluster.client.list('v1', 'Pod', 'default');
      return pods.items.some(({ status }) => status?.phase === 'Running');
    });
    const relabelled = await cluster.client.send(
      'PATCH',
      '/apis/storage.k8s.io/v1/storageclasses/cephfs',
      { metadata: { labels: { changed: 'yes' } } },
      'application/merge-patch+json',
    );
    expect(relabelled.status).toBe(200);
    await cluster.client.remove({
      apiVersion: 'instancetype.kubevirt.io/v1beta1',
      kind: 'VirtualMachineClusterPreference',
      metadata: { name: 'rhel.9' },
    });
    await cluster.client.remove({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'virt-api-validator' },
    });
    expect(await allObjects(cluster.client)).not.toEqual(before);
    await cluster.restore();
    expect(await allObjects(cluster.client)).toEqual(before);
    // Controllers and admission go on as if nothing had been.
    const smm = { firmware: { bootloader: { efi: { secureBoot: true } } } };
    expect((await create(machine('left-behind', smm))).status).toBe(422);
    expect((await create(machine('left-behind', {}, 'Always'))).status).toBe(201);
    await eventually('the machine runs again', async () => {
      const pods = await cluster.client.list('v1', 'Pod', 'default');
      return pods.items.some(({ status }) => status?.phase === 'Running');
    });
  });

  it('leaves no process and no folder when it stops', async () => {
    const before = [...cluster.pids];
    expect(before.every(isRunning)).toBe(true);
    await cluster.stop();
    expect(before.filter(isRunning)).toEqual([]);
    expect(existsSync(cluster.folder)).toBe(false);
  });
});

/** Asks the simulator for privileges on its root folder, as verification does. */
async function availability(
  vcsim: Vcsim,
  privileges: readonly string[],
): Promise<Record<string, boolean>> {
  const agent = new Agent({ connect: { ca: vcsim.certificate } });
  const call = async (body: string, cookie = '') => {
    const response = await request(vcsim.url, {
      method: 'POST',
      dispatcher: agent,
      headers: { cookie },
      body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${body}</e:Body></e:Envelope>`,
    });
    return { text: await response.body.text(), cookie: String(response.headers['set-cookie']) };
  };
  try {
    const { cookie } = await call(
      `<Login xmlns="urn:vim25"><_this type="SessionManager">SessionManager</_this><userName>${vcsim.username}</userName><password>${vcsim.password}</password></Login>`,
    );
    const ids = privileges.map((id) => `<privId>${id}</privId>`).join('');
    const { text } = await call(
      `<HasPrivilegeOnEntities xmlns="urn:vim25"><_this type="AuthorizationManager">AuthorizationManager</_this><entity type="Folder">group-d1</entity><sessionId>${vcsim.username}</sessionId>${ids}</HasPrivilegeOnEntities>`,
      cookie.split(';')[0],
    );
    const found = text.matchAll(/<privId>(.*?)<\/privId><isGranted>(.*?)<\/isGranted>/gu);
    return Object.fromEntries(
      [...found].map(([, id = '', granted]): [string, boolean] => [id, granted === 'true']),
    );
  } finally {
    await agent.destroy();
  }
}

async function fetchAs(cluster: LabKubernetes, token: string) {
  const client = new ClusterClient(cluster.url, token, cluster.certificateAuthority);
  try {
    return await client.send('GET', '/api/v1/nodes');
  } finally {
    await client.close();
  }
}
