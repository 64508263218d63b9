import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ClusterAccessError } from '../errors.js';
import type { ClusterConfiguration } from './configuration.js';
import {
  readKubeconfig,
  type KubeconfigCluster,
  type KubeconfigContext,
  type KubeconfigUser,
} from './kubeconfig.js';

/** All that is needed to call a cluster. Holds secrets: never log it. */
export interface ClusterAccess {
  /** Name to show: the context, or the host of the server. */
  readonly name: string;
  readonly server: string;
  readonly token?: TokenSource;
  readonly clientCertificate?: { readonly certificate: string; readonly key: string };
  readonly certificateAuthority?: string;
  /** SHA-256 in upper-case hexadecimal without colons. */
  readonly certificateFingerprint?: string;
  readonly serverName?: string;
}

/** A token, or the file that holds the current one: a projected token is replaced hourly. */
export type TokenSource = { readonly value: string } | { readonly file: string };

const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Where a kubeconfig may name files: beside its own path, and nowhere in a pasted text. */
type FileReader = (field: string, path: string) => Promise<string>;

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

const refuseFiles: FileReader = (field) =>
  Promise.reject(
    new ClusterAccessError(
      `kubeconfig field ${field}`,
      'a kubeconfig that is handed over as text may not name files',
      'Use `kubectl config view --raw --minify --flatten`, which puts their content into it.',
    ),
  );

const besideFile =
  (path: string): FileReader =>
  (field, file) =>
    readText(`kubeconfig field ${field}`, resolve(dirname(path), file));

async function dataOrFile(
  data: string | undefined,
  path: string | undefined,
  field: string,
  read: FileReader,
): Promise<string | undefined> {
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  return path === undefined ? undefined : read(field, path);
}

function refuseUnsafe(cluster: KubeconfigCluster, user: KubeconfigUser): void {
  const refuse = (field: string, why: string, remedy: string): never => {
    throw new ClusterAccessError(`kubeconfig field ${field}`, why, remedy);
  };
  if (cluster['insecure-skip-tls-verify'] === true) {
    refuse(
      'insecure-skip-tls-verify',
      'credentials are never sent to a server that nobody has verified',
      'Give the certificate authority, or pin the certificate with certificateFingerprint.',
    );
  }
  if (!cluster.server.startsWith('https://')) {
    refuse('server', 'the connection would not be encrypted', 'Use an https:// address.');
  }
  if (cluster['proxy-url'] !== undefined) {
    refuse('proxy-url', 'proxies are not supported', 'Name an address that can be reached.');
  }
  if (user.exec !== undefined || user['auth-provider'] !== undefined) {
    refuse(
      user.exec === undefined ? 'auth-provider' : 'exec',
      'it would run a program on this server',
      'Make a service account and use its token: `kubectl create token <account> --duration=8760h`.',
    );
  }
  if (user.username !== undefined) {
    refuse('username', 'API servers no longer accept passwords', 'Use a token or a certificate.');
  }
}

async function tokenOf(user: KubeconfigUser, read: FileReader): Promise<TokenSource | undefined> {
  if (user.token !== undefined) return { value: user.token };
  if (user.tokenFile === undefined) return undefined;
  return { value: (await read('tokenFile', user.tokenFile)).trim() };
}

async function clientCertificateOf(
  user: KubeconfigUser,
  read: FileReader,
): Promise<ClusterAccess['clientCertificate']> {
  const certificate = await dataOrFile(
    user['client-certificate-data'],
    user['client-certificate'],
    'client-certificate',
    read,
  );
  const key = await dataOrFile(user['client-key-data'], user['client-key'], 'client-key', read);
  return certificate === undefined || key === undefined ? undefined : { certificate, key };
}

async function fromKubeconfig(
  { name, cluster, user }: KubeconfigContext,
  read: FileReader,
): Promise<ClusterAccess> {
  refuseUnsafe(cluster, user);
  const token = await tokenOf(user, read);
  const clientCertificate = await clientCertificateOf(user, read);
  const certificateAuthority = await dataOrFile(
    cluster['certificate-authority-data'],
    cluster['certificate-authority'],
    'certificate-authority',
    read,
  );
  const serverName = cluster['tls-server-name'];
  if (token === undefined && clientCertificate === undefined) {
    throw new ClusterAccessError(
      `kubeconfig context ${name}`,
      'its user has neither a token nor a client certificate',
      'Use the kubeconfig of a service account with a token.',
    );
  }
  return {
    name,
    server: cluster.server,
    ...(token === undefined ? {} : { token }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
    ...(serverName === undefined ? {} : { serverName }),
  };
}

async function fromPod(): Promise<ClusterAccess> {
  const host = process.env.KUBERNETES_SERVICE_HOST;
  const port = process.env.KUBERNETES_SERVICE_PORT;
  if (host === undefined || port === undefined) {
    throw new ClusterAccessError(
      'inCluster',
      'this process does not run in a pod',
      'Give a kubeconfig, or server and token.',
    );
  }
  return {
    name: 'in-cluster',
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    token: { file: `${serviceAccountFolder}/token` },
    certificateAuthority: await readText('inCluster', `${serviceAccountFolder}/ca.crt`),
  };
}

async function fromConfiguration(configuration: ClusterConfiguration): Promise<ClusterAccess> {
  const { kubeconfig, kubeconfigPath, context, server, token } = configuration;
  if (kubeconfig !== undefined) {
    return fromKubeconfig(readKubeconfig(kubeconfig, context), refuseFiles);
  }
  if (kubeconfigPath !== undefined) {
    const text = await readText('kubeconfigPath', kubeconfigPath);
    return fromKubeconfig(readKubeconfig(text, context), besideFile(kubeconfigPath));
  }
  if (server !== undefined && token !== undefined) {
    return { name: new URL(server).host, server, token: { value: token } };
  }
  return fromPod();
}

/**
 * Makes of a configuration what a call needs. Explicit certificate settings win over those of a
 * kubeconfig.
 *
 * @throws ClusterAccessError where it names a missing file or context, or would be unsafe.
 */
export async function resolveAccess(configuration: ClusterConfiguration): Promise<ClusterAccess> {
  const access = await fromConfiguration(configuration);
  const { certificateAuthority, certificateFingerprint } = configuration;
  return {
    ...access,
    server: access.server.replace(/\/+$/u, ''),
    ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
    ...(certificateFingerprint === undefined ? {} : { certificateFingerprint }),
  };
}
