import { resolve } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { z } from 'zod';
import { ClusterAccessError } from '../errors.js';

/** A kubeconfig as text, and what it says where it does not say all. */
export interface KubeconfigText {
  readonly text: string;
  /** Folder that relative paths start from. */
  readonly folder: string | undefined;
  /** Context to use; else its current one. */
  readonly context: string | undefined;
}

const flattened = 'Paste the file as `kubectl config view --raw --minify --flatten` prints it.';

const document = z.looseObject({
  users: z
    .array(
      z.looseObject({
        user: z
          .looseObject({ tokenFile: z.string().optional(), 'token-file': z.string().optional() })
          .nullish(),
      }),
    )
    .nullish(),
});

/**
 * The token file of a user as an auth provider that reads the file at each use. Read while loading,
 * as the package does, it would be read before anything was checked, and never again.
 */
function tokenFileLater(user: Record<string, unknown>, folder: string | undefined): object {
  const { tokenFile, 'token-file': dashed, token, ...rest } = user;
  const file = tokenFile ?? dashed;
  if (typeof file !== 'string') return { ...rest, token };
  const path = folder === undefined ? file : resolve(folder, file);
  return { ...rest, 'auth-provider': { name: 'tokenFile', config: { tokenFile: path } } };
}

/** The same kubeconfig in a form whose loading reads nothing. */
function harmless({ text, folder }: KubeconfigText): string {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch {
    // The parser quotes the text, which may hold a token.
    throw new ClusterAccessError('kubeconfig', 'it is not YAML', flattened);
  }
  const result = document.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    const why = `${issue?.path.join('.') ?? 'its content'}: ${issue?.message ?? 'not as expected'}`;
    throw new ClusterAccessError('kubeconfig', why, flattened);
  }
  const users = result.data.users?.map((entry) => ({
    ...entry,
    user: entry.user === undefined || entry.user === null ? {} : tokenFileLater(entry.user, folder),
  }));
  return JSON.stringify({ ...result.data, users });
}

function requireEntry(found: object | null, what: string, name: string, names: string[]): void {
  if (found !== null) return;
  throw new ClusterAccessError(
    `kubeconfig ${what} ${name}`,
    `the file has no such ${what}; it has ${names.join(', ') || 'none'}`,
    'Choose one with the field context.',
  );
}

function chooseContext(config: KubeConfig, wanted: string | undefined): void {
  // The package's type promises a name; a file without a current context gives undefined.
  const current = (): string | undefined => config.getCurrentContext();
  const name = wanted ?? current();
  if (name === undefined || name === '') {
    const remedy = 'Choose one with the field context.';
    throw new ClusterAccessError('kubeconfig', 'it names no current context', remedy);
  }
  const names = (list: readonly { readonly name: string }[]) => list.map((entry) => entry.name);
  const context = config.getContextObject(name);
  requireEntry(context, 'context', name, names(config.getContexts()));
  config.setCurrentContext(name);
  const cluster = context?.cluster ?? '';
  requireEntry(config.getCluster(cluster), 'cluster', cluster, names(config.getClusters()));
  const user = context?.user ?? '';
  requireEntry(config.getUser(user), 'user', user, names(config.getUsers()));
}

/**
 * Loads a kubeconfig with its context chosen. No file that it names is read, and no program run.
 *
 * @throws ClusterAccessError where it cannot be read or lacks the context.
 */
export function loadKubeconfig(config: KubeConfig, kubeconfig: KubeconfigText): void {
  const text = harmless(kubeconfig);
  try {
    config.loadFromString(text);
  } catch (error) {
    // What the package says of a fault is the path to the field, without its content.
    const why = error instanceof Error ? error.message : 'it is not a kubeconfig';
    throw new ClusterAccessError('kubeconfig', why, flattened);
  }
  if (kubeconfig.folder !== undefined) config.makePathsAbsolute(kubeconfig.folder);
  chooseContext(config, kubeconfig.context);
}
