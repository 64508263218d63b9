import { parse } from 'yaml';
import { z } from 'zod';
import { ClusterAccessError } from '../errors.js';

const clusterEntry = z.object({
  server: z.string(),
  'certificate-authority-data': z.string().optional(),
  'certificate-authority': z.string().optional(),
  'insecure-skip-tls-verify': z.boolean().optional(),
  'tls-server-name': z.string().optional(),
  'proxy-url': z.string().optional(),
});

const userEntry = z.object({
  token: z.string().optional(),
  tokenFile: z.string().optional(),
  username: z.string().optional(),
  'client-certificate-data': z.string().optional(),
  'client-certificate': z.string().optional(),
  'client-key-data': z.string().optional(),
  'client-key': z.string().optional(),
  exec: z.unknown().optional(),
  'auth-provider': z.unknown().optional(),
});

const contextEntry = z.object({ cluster: z.string(), user: z.string() });

const listOf = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .array(entry)
    .nullish()
    .transform((list) => list ?? []);

const kubeconfigFile = z.object({
  clusters: listOf(z.object({ name: z.string(), cluster: clusterEntry })),
  users: listOf(z.object({ name: z.string(), user: userEntry })),
  contexts: listOf(z.object({ name: z.string(), context: contextEntry })),
  'current-context': z.string().optional(),
});

export type KubeconfigCluster = z.output<typeof clusterEntry>;
export type KubeconfigUser = z.output<typeof userEntry>;

/** What one context of a kubeconfig says. */
export interface KubeconfigContext {
  readonly name: string;
  readonly cluster: KubeconfigCluster;
  readonly user: KubeconfigUser;
}

function parseFile(text: string): z.output<typeof kubeconfigFile> {
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: 0 });
  } catch {
    // The parser quotes the text, which may hold a token.
    throw new ClusterAccessError(
      'kubeconfig',
      'it is not YAML',
      'Paste the file as `kubectl config view --raw --minify --flatten` prints it.',
    );
  }
  const result = kubeconfigFile.safeParse(document);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ClusterAccessError(
    'kubeconfig',
    `${issue?.path.join('.') ?? 'its content'}: ${issue?.message ?? 'not as expected'}`,
    'Paste the file as `kubectl config view --raw --minify --flatten` prints it.',
  );
}

function pick<Entry extends { readonly name: string }>(
  list: readonly Entry[],
  what: string,
  name: string,
): Entry {
  const found = list.find((entry) => entry.name === name);
  if (found !== undefined) return found;
  throw new ClusterAccessError(
    `kubeconfig ${what} ${name}`,
    `the file has no such ${what}; it has ${list.map((entry) => entry.name).join(', ') || 'none'}`,
    'Choose one with the field context.',
  );
}

/** Reads one context of a kubeconfig: the named one, else the current one. */
export function readKubeconfig(text: string, contextName?: string): KubeconfigContext {
  const file = parseFile(text);
  const wanted = contextName ?? file['current-context'];
  if (wanted === undefined || wanted === '') {
    throw new ClusterAccessError(
      'kubeconfig',
      'it names no current context',
      'Choose one with the field context.',
    );
  }
  const { context } = pick(file.contexts, 'context', wanted);
  return {
    name: wanted,
    cluster: pick(file.clusters, 'cluster', context.cluster).cluster,
    user: pick(file.users, 'user', context.user).user,
  };
}
