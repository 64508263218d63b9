import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import {
  clusterConfiguration,
  connectCluster,
  resources,
  type Cluster,
} from '../../src/kubernetes/index.js';
import { runService } from '../real/run-service.js';

/** A real API server with KubeVirt's admission, and what a test needs to reach it. */
export interface RealCluster {
  readonly kubeconfigPath: string;
  /** Folder with the certificates of the API server. */
  readonly folder: string;
  readonly authority: string;
  readonly cluster: Cluster;
  /** Token of an account that may do everything. */
  readonly token: string;
  /** Token of an account without any right. */
  readonly powerlessToken: string;
}

let opened: Promise<RealCluster> | undefined;

async function kubeconfig(): Promise<string> {
  return process.env.OPAL_TEST_KUBECONFIG ?? (await runService('kubernetes')).kubeconfig;
}

/** The lab's API server takes its accounts from lines of `token,user,…`. */
async function tokenOf(folder: string, user: string): Promise<string> {
  const tokens = await readFile(join(folder, 'tokens.csv'), 'utf8');
  const line = tokens.split('\n').find((text) => text.includes(`,${user},`));
  return line?.split(',')[0] ?? '';
}

async function open(): Promise<RealCluster> {
  const kubeconfigPath = await kubeconfig();
  const folder = dirname(kubeconfigPath);
  return {
    kubeconfigPath,
    folder,
    authority: await readFile(join(folder, 'ca.crt'), 'utf8'),
    cluster: await connectCluster(clusterConfiguration.parse({ kubeconfigPath })),
    token: await tokenOf(folder, 'admin'),
    powerlessToken: await tokenOf(folder, 'viewer'),
  };
}

/**
 * The Kubernetes cluster of this test file: that of the kubeconfig in OPAL_TEST_KUBECONFIG (one
 * that the lab wrote), else one of the lab that the files of a run share and that is as new for each.
 */
export function realCluster(): Promise<RealCluster> {
  opened ??= open();
  return opened;
}

/** Makes a namespace of the test's own, so that tests do not see each other's objects. */
export async function newNamespace(prefix: string): Promise<string> {
  const { cluster } = await realCluster();
  const name = `${prefix}-${crypto.randomUUID().slice(0, 8)}`;
  await cluster.apply(resources.namespace, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  });
  return name;
}

afterAll(async () => {
  const real = await opened?.catch(() => undefined);
  opened = undefined;
  await real?.cluster.close();
});
