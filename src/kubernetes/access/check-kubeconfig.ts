import type { Cluster, User } from '@kubernetes/client-node';
import { z } from 'zod';
import { ClusterAccessError } from '../errors.js';
import type { KubeconfigPolicy } from './policy.js';

const authProvider = z.looseObject({
  name: z.string().optional(),
  config: z
    .looseObject({
      tokenFile: z.unknown(),
      exec: z.unknown(),
      'idp-certificate-authority': z.unknown(),
    })
    .partial()
    .nullish(),
});

/** Fields of the user that name files, and those that have a program run. */
function reachesOut(cluster: Cluster, user: User): { files: string[]; programs: string[] } {
  const provider = authProvider.nullish().parse(user.authProvider);
  const config = provider?.config;
  const named = (fields: Readonly<Record<string, unknown>>): string[] =>
    Object.keys(fields).filter((field) => fields[field] !== undefined && fields[field] !== null);
  // Every other provider asks a program for its token.
  const harmlessProvider = ['oidc', 'tokenFile'].includes(provider?.name ?? '');
  return {
    files: named({
      'certificate-authority': cluster.caFile,
      'client-certificate': user.certFile,
      'client-key': user.keyFile,
      tokenFile: config?.tokenFile,
      'idp-certificate-authority': config?.['idp-certificate-authority'],
    }),
    programs: named({
      exec: user.exec as unknown,
      'auth-provider.exec': config?.exec,
      'auth-provider': harmlessProvider ? undefined : provider,
    }),
  };
}

const refuse = (field: string, why: string, remedy: string): never => {
  throw new ClusterAccessError(`kubeconfig field ${field}`, why, remedy);
};

const proxySchemes = ['http:', 'https:', 'socks5:'];

function checkProxy({ proxyUrl }: Cluster): void {
  if (proxyUrl === undefined) return;
  if (URL.canParse(proxyUrl) && proxySchemes.includes(new URL(proxyUrl).protocol)) return;
  refuse(
    'proxy-url',
    'it is not the address of a proxy that can be used',
    'Give an address that starts with http://, https:// or socks5://.',
  );
}

/**
 * Refuses what would send credentials to somebody unknown, and what the policy does not allow.
 *
 * @throws ClusterAccessError naming the field.
 */
export function checkKubeconfig(
  { cluster, user }: { readonly cluster: Cluster; readonly user: User },
  policy: KubeconfigPolicy,
): void {
  if (cluster.skipTLSVerify) {
    refuse(
      'insecure-skip-tls-verify',
      'credentials are never sent to a server that nobody has verified',
      'Give the certificate authority, or pin the certificate with certificateFingerprint.',
    );
  }
  if (!cluster.server.startsWith('https://')) {
    refuse('server', 'the connection would not be encrypted', 'Use an https:// address.');
  }
  checkProxy(cluster);
  const { files, programs } = reachesOut(cluster, user);
  if (programs[0] !== undefined && !policy.mayRunPrograms) {
    refuse(
      programs[0],
      'it would run a program on this server',
      'Make a service account and use its token (`kubectl create token <account> --duration=8760h`), or have the server started with OPAL_KUBECONFIG_MAY_RUN_PROGRAMS=true.',
    );
  }
  if (files[0] !== undefined && !policy.mayNameFiles) {
    refuse(
      files[0],
      'a kubeconfig that is handed over as text may not name files',
      'Use `kubectl config view --raw --minify --flatten`, which puts their content into it.',
    );
  }
  if ((user.username ?? '') !== '') {
    refuse('username', 'API servers no longer accept passwords', 'Use a token or a certificate.');
  }
  const { token, certData, certFile } = user;
  const own = [token, certData, certFile, ...files, ...programs, user.authProvider as unknown];
  if (own.every((way) => way === undefined || way === null)) {
    refuse(
      `user ${user.name}`,
      'it has neither a token nor a client certificate',
      'Use the kubeconfig of a service account with a token.',
    );
  }
}
