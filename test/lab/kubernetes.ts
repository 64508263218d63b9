import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { CdiStandIn } from './cdi-stand-in.js';
import { ClusterClient } from './cluster-client.js';
import { eventually } from './eventually.js';
import { defaultNodes, fakeNode, type FakeNode } from './fake-nodes.js';
import {
  freePort,
  installKubevirt,
  kubevirtAccounts,
  kubevirtManifests,
  registerVirtApi,
  startVirtApi,
  startVirtController,
} from './kubevirt.js';
import { labBinary } from './lab-binary.js';
import { applyDefinitions, readManifests } from './manifests.js';
import { offerTarget } from './target-estate.js';
import { TetheredProcess } from './tethered-process.js';

export interface KubernetesOptions {
  /** KubeVirt's definitions, admission and controller, and the stand-in for CDI; on by default. */
  readonly kubevirt?: boolean;
  /** Storage, networks, instance types of a migration target; on by default. */
  readonly target?: boolean;
  readonly nodes?: readonly FakeNode[];
  /** Time between two steps of an import by the stand-in for CDI; 200 ms by default. */
  readonly importStepMs?: number;
  /** Port of the API server; a free one by default. */
  readonly port?: number;
}

export interface LabKubernetes {
  readonly url: string;
  /** Path of a kubeconfig with the token of a cluster administrator. */
  readonly kubeconfig: string;
  readonly token: string;
  /** Token of a user without any rights beyond discovery. */
  readonly viewToken: string;
  /** PEM of the authority that signed the server's certificate. */
  readonly certificateAuthority: string;
  readonly client: ClusterClient;
  /** Folder with the logs of all components. */
  readonly folder: string;
  /** Ids of the processes that this cluster consists of. */
  readonly pids: readonly number[];
  /** Log of one component, for instance virt-api. */
  log(component: string): Promise<string>;
  /**
   * Brings every object of every kind back to how the cluster was when it had started, with the
   * identity that it had then; what came later is gone. Waits until the controllers are quiet.
   */
  restore(): Promise<void>;
  stop(): Promise<void>;
}

const readyLine = z.object({
  url: z.string(),
  kubeconfig: z.string(),
  token: z.string(),
  viewToken: z.string(),
});

const controllers = [
  'job-controller',
  'garbage-collector-controller',
  'namespace-controller',
  'serviceaccount-controller',
  'serviceaccount-token-controller',
  'node-lifecycle-controller',
  'persistentvolume-binder-controller',
  // Without these two, claims and volumes that are deleted would never be gone.
  'persistentvolumeclaim-protection-controller',
  'persistentvolume-protection-controller',
  'endpoints-controller',
  'resourcequota-controller',
  'disruption-controller',
].join(',');

const checkpointLine = z.object({ objects: z.number(), error: z.string().optional() });

const startTimeoutMs = 240_000;
const checkpointTimeoutMs = 120_000;

/** Parts that were started, ended in the opposite order. */
class Parts {
  readonly #stops: (() => Promise<void>)[] = [];
  readonly pids: number[] = [];

  add(stop: () => Promise<void>): void {
    this.#stops.push(stop);
  }

  process(child: TetheredProcess): TetheredProcess {
    if (child.pid !== undefined) this.pids.push(child.pid);
    this.add(() => child.stop());
    return child;
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0).reverse()) await stop();
  }
}

type ControlPlane = z.infer<typeof readyLine> & { readonly child: TetheredProcess };

async function startControlPlane(
  parts: Parts,
  folder: string,
  options: KubernetesOptions,
): Promise<ControlPlane> {
  const child = parts.process(
    new TetheredProcess({
      name: 'kubeone',
      program: await labBinary('kubeone'),
      args: [
        'up',
        '--stdinexit',
        '--scheduler',
        `--dir=${folder}`,
        `--controllers=${controllers}`,
        `--admins=${kubevirtAccounts}`,
        ...(options.port === undefined ? [] : [`--port=${options.port}`]),
      ],
      log: join(folder, 'kubeone.log'),
    }),
  );
  return { ...readyLine.parse(JSON.parse(await child.firstLine(startTimeoutMs))), child };
}

/** `keep` remembers the state of all objects, `restore` brings it back. */
async function checkpoint(child: TetheredProcess, command: 'keep' | 'restore'): Promise<void> {
  const { error } = checkpointLine.parse(JSON.parse(await child.ask(command, checkpointTimeoutMs)));
  if (error !== undefined) throw await child.failure(error);
}

async function startKwok(
  parts: Parts,
  folder: string,
  stages: readonly string[],
  account: string,
): Promise<void> {
  const port = await freePort();
  parts.process(
    new TetheredProcess({
      name: 'kwok',
      // kwok has no switch of its own to end with its parent.
      program: await labBinary('kubeone'),
      args: [
        'tether',
        await labBinary('kwok'),
        `--kubeconfig=${join(folder, account)}`,
        '--manage-all-nodes=true',
        // Where the API server asks for the logs of containers.
        `--server-address=127.0.0.1:${port}`,
        '--node-ip=127.0.0.1',
        `--node-port=${port}`,
        `--tls-cert-file=${join(folder, 'webhook.crt')}`,
        `--tls-private-key-file=${join(folder, 'webhook.key')}`,
        `--config=${await writeLogs(folder)}`,
        ...stages.map((file) => `--config=${join(import.meta.dirname, 'stages', file)}`),
      ],
      log: join(folder, 'kwok.log'),
    }),
  );
}

/** Which container wrote what, for the API server's question after it. */
async function writeLogs(folder: string): Promise<string> {
  const path = join(folder, 'logs.json');
  const logsFile = join(import.meta.dirname, 'stages', 'virt-v2v-stand-in.txt');
  await writeFile(
    path,
    JSON.stringify({
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'ClusterLogs',
      metadata: { name: 'virt-v2v-stand-in' },
      spec: { logs: [{ containers: ['virt-v2v'], logsFile, follow: false }] },
    }),
  );
  return path;
}

async function startNodes(client: ClusterClient, nodes: readonly FakeNode[]): Promise<void> {
  await Promise.all(
    nodes.map(async (node) => {
      const { object, status } = fakeNode(node);
      await client.apply(object);
      await client.patchStatus(object, status);
    }),
  );
}

async function awaitNodes(client: ClusterClient, nodes: readonly FakeNode[]): Promise<void> {
  const conditions = z.object({
    conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
  });
  await eventually(
    'the nodes are ready',
    async () => {
      const { items } = await client.list('v1', 'Node');
      const ready = items.filter(({ status }) =>
        conditions
          .parse(status ?? {})
          .conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
      );
      return ready.length >= nodes.length;
    },
    { timeoutMs: 180_000 },
  );
}

async function setUp(
  parts: Parts,
  folder: string,
  client: ClusterClient,
  options: KubernetesOptions,
): Promise<void> {
  const nodes = options.nodes ?? defaultNodes;
  if (options.kubevirt === false) {
    await startKwok(parts, folder, ['pods.yaml'], 'kubeconfig');
    await startNodes(client, nodes);
    await awaitNodes(client, nodes);
    return;
  }
  const processes = {
    kvtools: await labBinary('kvtools'),
    kubeone: await labBinary('kubeone'),
    folder,
  };
  const { definitions, webhooks } = await kubevirtManifests(processes.kvtools);
  // CDI's too before anything starts: KubeVirt looks for it once.
  await applyDefinitions(client, [
    ...(await readManifests(join(import.meta.dirname, 'crds'))),
    ...definitions,
  ]);
  await installKubevirt(client, folder);
  const virtApi = await startVirtApi(processes);
  parts.process(virtApi.child);
  parts.process(startVirtController(processes));
  await startKwok(
    parts,
    folder,
    ['pods.yaml', 'virt-v2v-stand-in.yaml', 'virtual-machine-instances.yaml'],
    'virt-handler.kubeconfig',
  );
  await startNodes(client, nodes);
  if (options.target !== false) await offerTarget(client, nodes);
  await registerVirtApi(virtApi, client, webhooks, folder);
  const importer = new CdiStandIn(client, options.importStepMs ?? 200);
  importer.start();
  parts.add(() => importer.stop());
  await awaitNodes(client, nodes);
}

/**
 * Starts a Kubernetes cluster of a real API server, controllers and scheduler, with KubeVirt's own
 * admission and controller. There is no kubelet: KWOK plays nodes and Pods, and a stand-in plays
 * CDI. Everything ends with this process at the latest.
 *
 * @throws LabError when a part cannot be built or does not start.
 */
export async function startKubernetes(options: KubernetesOptions = {}): Promise<LabKubernetes> {
  const folder = await mkdtemp(join(tmpdir(), 'opal-kubernetes-'));
  const parts = new Parts();
  parts.add(() => rm(folder, { recursive: true, force: true }));
  try {
    const controlPlane = await startControlPlane(parts, folder, options);
    const { url, kubeconfig, token, viewToken, child } = controlPlane;
    const certificateAuthority = await readFile(join(folder, 'ca.crt'), 'utf8');
    const client = new ClusterClient(url, token, certificateAuthority);
    parts.add(() => client.close());
    await setUp(parts, folder, client, options);
    await checkpoint(child, 'keep');
    return {
      url,
      kubeconfig,
      token,
      viewToken,
      certificateAuthority,
      client,
      folder,
      pids: parts.pids,
      log: (component) => readFile(join(folder, `${component}.log`), 'utf8'),
      restore: () => checkpoint(child, 'restore'),
      stop: () => parts.stop(),
    };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}
