import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { ClusterAccessError } from '../errors.js';
import type { ClusterAccess, ServerTrust } from './access.js';
import { checkKubeconfig } from './check-kubeconfig.js';
import type { ClusterConfiguration } from './configuration.js';
import { KubeconfigAccess, type ChosenContext } from './kubeconfig-access.js';
import { loadKubeconfig } from './kubeconfig.js';
import { strictKubeconfigPolicy, type KubeconfigPolicy } from './policy.js';

async function readText(subject: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ClusterAccessError(
      subject,
      `${path} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`,
      'Check that the file exists on the server and that the server may read it.',
      { cause: error },
    );
  }
}

function loadFromPod(config: KubeConfig): void {
  if (process.env.KUBERNETES_SERVICE_HOST === undefined) {
    throw new ClusterAccessError(
      'inCluster',
      'this process does not run in a pod',
      'Give a kubeconfig, or server and token.',
    );
  }
  config.loadFromCluster();
}

/** Loads what the configuration names; files may be named by whoever owns a file of this server. */
async function load(
  config: KubeConfig,
  configuration: ClusterConfiguration,
  policy: KubeconfigPolicy,
): Promise<KubeconfigPolicy> {
  const { kubeconfig, kubeconfigPath, context, server, token } = configuration;
  if (kubeconfig !== undefined) {
    loadKubeconfig(config, { text: kubeconfig, folder: undefined, context });
    return policy;
  }
  const ownFiles = { ...policy, mayNameFiles: true };
  if (kubeconfigPath !== undefined) {
    const text = await readText('kubeconfigPath', kubeconfigPath);
    loadKubeconfig(config, { text, folder: dirname(kubeconfigPath), context });
  } else if (server !== undefined && token !== undefined) {
    const name = new URL(server).host;
    config.loadFromOptions({
      clusters: [{ name, server, skipTLSVerify: false }],
      users: [{ name, token }],
      contexts: [{ name, cluster: name, user: name }],
      currentContext: name,
    });
  } else loadFromPod(config);
  return ownFiles;
}

async function choose(
  configuration: ClusterConfiguration,
  policy: KubeconfigPolicy,
): Promise<ChosenContext> {
  // Loading the package takes half a second and 87 MB: only where a cluster is really used.
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  const granted = await load(config, configuration, policy);
  const [cluster, user] = [config.getCurrentCluster(), config.getCurrentUser()];
  if (cluster === null || user === null) {
    const remedy = 'Choose another one with the field context.';
    throw new ClusterAccessError('kubeconfig', 'its context names no cluster or user', remedy);
  }
  checkKubeconfig({ cluster, user }, granted);
  return { config, cluster, user };
}

async function trustOf(
  { cluster }: ChosenContext,
  { certificateAuthority }: ClusterConfiguration,
): Promise<ServerTrust> {
  const { caData, caFile, tlsServerName } = cluster;
  const inline = caData === undefined ? undefined : Buffer.from(caData, 'base64').toString('utf8');
  const fromFile =
    caFile === undefined
      ? undefined
      : await readText('kubeconfig field certificate-authority', caFile);
  const ca = certificateAuthority ?? inline ?? fromFile;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(tlsServerName === undefined ? {} : { servername: tlsServerName }),
  };
}

/**
 * Makes of a configuration what a call needs. Explicit certificate settings win over those of a
 * kubeconfig.
 *
 * @throws ClusterAccessError where it names a missing file or context, or would be unsafe.
 */
export async function resolveAccess(
  configuration: ClusterConfiguration,
  policy: KubeconfigPolicy = strictKubeconfigPolicy,
): Promise<ClusterAccess> {
  const { certificateFingerprint } = configuration;
  const chosen = await choose(configuration, policy);
  if (certificateFingerprint !== undefined && chosen.cluster.proxyUrl !== undefined) {
    throw new ClusterAccessError(
      'certificateFingerprint',
      'a pinned certificate cannot be checked behind the proxy that the kubeconfig names',
      'Give the certificate authority in place of the fingerprint.',
    );
  }
  const trust = await trustOf(chosen, configuration);
  const again = (): Promise<ChosenContext> => choose(configuration, policy);
  return new KubeconfigAccess(chosen, again, trust, certificateFingerprint);
}
