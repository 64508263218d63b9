import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { ClusterClient, KubernetesObject } from './cluster-client.js';
import { eventually } from './eventually.js';
import { parseJsonLines } from './manifests.js';
import { TetheredProcess } from './tethered-process.js';

const run = promisify(execFile);
const maxOutput = 64 * 1024 * 1024;

/** Namespace that KubeVirt's components look for themselves in. */
export const kubevirtNamespace = 'kubevirt';

/**
 * Users that KubeVirt's admission takes for its own components, for `kubeone --admins`. It silently
 * keeps the old status of an instance when anybody else writes one.
 */
export const kubevirtAccounts = [
  'virt-api=system:serviceaccount:kubevirt:kubevirt-apiserver',
  'virt-controller=system:serviceaccount:kubevirt:kubevirt-controller',
  'virt-handler=system:serviceaccount:kubevirt:kubevirt-handler',
].join(',');

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new TypeError('no TCP address');
  return address.port;
}

export interface KubevirtManifests {
  readonly definitions: readonly KubernetesObject[];
  readonly webhooks: readonly KubernetesObject[];
}

/**
 * KubeVirt's own definitions and webhook configurations, as its operator would install them. They
 * are kept beside the program: printing them costs seconds of start-up each time.
 */
export async function kubevirtManifests(kvtools: string): Promise<KubevirtManifests> {
  const kept = `${kvtools}.manifests`;
  let text = await readFile(kept, 'utf8').catch(() => undefined);
  if (text === undefined) {
    text = (await run(kvtools, ['manifests'], { maxBuffer: maxOutput })).stdout;
    const draft = `${kept}.${process.pid}.draft`;
    await writeFile(draft, text);
    await rename(draft, kept);
  }
  const objects = parseJsonLines(text);
  const isDefinition = ({ kind }: KubernetesObject) => kind === 'CustomResourceDefinition';
  return {
    definitions: objects.filter(isDefinition),
    webhooks: objects.filter((object) => !isDefinition(object)),
  };
}

function certificatePath(folder: string, part: 'crt' | 'key'): string {
  return join(folder, 'kubevirt-certificate', `webhook.${part}`);
}

/**
 * Puts the certificate into a folder of its own. KubeVirt reads it again whenever anything changes
 * beside it, a log for instance, and its log says so each time.
 */
async function separateCertificate(folder: string): Promise<void> {
  await mkdir(join(folder, 'kubevirt-certificate'));
  for (const part of ['crt', 'key'] as const) {
    await copyFile(join(folder, `webhook.${part}`), certificatePath(folder, part));
  }
}

/** What virt-operator would leave behind: the namespace, the CA and a deployed KubeVirt. */
export async function installKubevirt(client: ClusterClient, certificates: string): Promise<void> {
  const namespace = kubevirtNamespace;
  await separateCertificate(certificates);
  await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const authority = await readFile(join(certificates, 'ca.crt'), 'utf8');
  for (const name of ['kubevirt-ca', 'kubevirt-export-ca']) {
    await client.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace },
      data: { 'ca-bundle': authority },
    });
  }
  const installation: KubernetesObject = {
    apiVersion: 'kubevirt.io/v1',
    kind: 'KubeVirt',
    metadata: { name: 'kubevirt', namespace },
    spec: {
      configuration: {
        developerConfiguration: { featureGates: ['HostDevices', 'GPU'] },
        permittedHostDevices: {
          pciHostDevices: [
            { pciVendorSelector: '10DE:2236', resourceName: 'nvidia.com/GA102GL_A10' },
          ],
        },
      },
    },
  };
  await client.apply(installation);
  await client.patchStatus(installation, {
    phase: 'Deployed',
    defaultArchitecture: 'amd64',
    observedKubeVirtVersion: 'v1.7.0',
    operatorVersion: 'v1.7.0',
  });
}

export interface KubevirtProcesses {
  readonly kvtools: string;
  readonly kubeone: string;
  /** Folder of the cluster with its certificates, kubeconfig and logs. */
  readonly folder: string;
}

function component(
  { kvtools, kubeone, folder }: KubevirtProcesses,
  name: 'virt-api' | 'virt-controller',
  args: readonly string[],
): TetheredProcess {
  return new TetheredProcess({
    name,
    // KubeVirt's programs drain for ten seconds and know no tether; kubeone holds theirs.
    program: kubeone,
    args: ['tether', kvtools, name, '--kubeconfig', join(folder, `${name}.kubeconfig`), ...args],
    log: join(folder, `${name}.log`),
    environment: { POD_NAMESPACE: kubevirtNamespace },
  });
}

export interface VirtApi {
  readonly child: TetheredProcess;
  readonly port: number;
}

/** Starts KubeVirt's admission outside a Pod. It needs the definitions, and takes seconds. */
export async function startVirtApi(processes: KubevirtProcesses): Promise<VirtApi> {
  const port = await freePort();
  const certificate = certificatePath(processes.folder, 'crt');
  const key = certificatePath(processes.folder, 'key');
  const child = component(processes, 'virt-api', [
    '--listen=127.0.0.1',
    `--port=${port}`,
    `--tls-cert-file=${certificate}`,
    `--tls-key-file=${key}`,
    `--handler-cert-file=${certificate}`,
    `--handler-key-file=${key}`,
  ]);
  return { child, port };
}

/** Points a webhook at a virt-api outside the cluster instead of at its Service. */
function outside(url: string, caBundle: string) {
  return (webhook: z.infer<typeof webhookConfiguration>['webhooks'][number]) => ({
    ...webhook,
    clientConfig: { url: `${url}${webhook.clientConfig.service.path}`, caBundle },
  });
}

const webhookConfiguration = z.looseObject({
  webhooks: z.array(
    z.looseObject({ clientConfig: z.object({ service: z.object({ path: z.string() }) }) }),
  ),
});

/** Makes the API server ask virt-api, and waits until it gets answers. */
export async function registerVirtApi(
  { child, port }: VirtApi,
  client: ClusterClient,
  webhooks: readonly KubernetesObject[],
  certificates: string,
): Promise<void> {
  const caBundle = (await readFile(join(certificates, 'ca.crt'))).toString('base64');
  await subresources(client, port, caBundle);
  const redirect = outside(`https://127.0.0.1:${port}`, caBundle);
  await Promise.all(
    webhooks.map((object) =>
      client.apply({
        ...object,
        webhooks: webhookConfiguration.parse(object).webhooks.map(redirect),
      }),
    ),
  );
  await awaitAdmission(child, client);
}

/** Lets the API server pass start, stop and the other subresources on to virt-api. */
async function subresources(client: ClusterClient, port: number, caBundle: string): Promise<void> {
  await client.apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'virt-api', namespace: kubevirtNamespace },
    spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port, protocol: 'TCP' }] },
  });
  for (const version of ['v1', 'v1alpha3']) {
    await client.apply({
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `${version}.subresources.kubevirt.io` },
      spec: {
        group: 'subresources.kubevirt.io',
        version,
        groupPriorityMinimum: 1000,
        versionPriority: 15,
        caBundle,
        service: { name: 'virt-api', namespace: kubevirtNamespace, port },
      },
    });
  }
}

/** The webhooks refuse everything until virt-api listens; a dry run tells when it does. The API
 * server looks for the subresources in its own time. */
async function awaitAdmission(child: TetheredProcess, client: ClusterClient): Promise<void> {
  await eventually(
    'KubeVirt admits a machine',
    async () => {
      if (!child.alive) throw await child.failure('it ended');
      const { status } = await client.send(
        'POST',
        '/apis/kubevirt.io/v1/namespaces/default/virtualmachines?dryRun=All',
        {
          apiVersion: 'kubevirt.io/v1',
          kind: 'VirtualMachine',
          metadata: { name: 'probe' },
          spec: {
            runStrategy: 'Halted',
            template: { spec: { domain: { devices: {}, memory: { guest: '64Mi' } } } },
          },
        },
      );
      const subresources = await client.send('GET', '/apis/subresources.kubevirt.io/v1');
      return status === 201 && subresources.status === 200;
    },
    { timeoutMs: 180_000, everyMs: 300 },
  );
}

/** Starts KubeVirt's own controller: it makes instances and launcher Pods for machines. */
export function startVirtController(processes: KubevirtProcesses): TetheredProcess {
  return component(processes, 'virt-controller', [
    '--listen=127.0.0.1',
    '--port=0',
    `--prom-cert-file=${certificatePath(processes.folder, 'crt')}`,
    `--prom-key-file=${certificatePath(processes.folder, 'key')}`,
  ]);
}
