import type { SourceRegistry } from '../../collectors/sources/index.js';
import { openedObject } from '../credentials/opened-object.js';
import type { CredentialVault } from '../credentials/index.js';

/** What a person entered, in two halves: one to be shown, one to be sealed. */
export interface SplitConfiguration {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, unknown>>;
}

/** Parts a configuration by the names of the fields that the collector calls secret. */
export function splitConfiguration(
  configuration: Readonly<Record<string, unknown>>,
  secretFields: readonly string[],
): SplitConfiguration {
  const entries = Object.entries(configuration).filter(([, value]) => value !== undefined);
  const isSecret = (name: string): boolean => secretFields.includes(name);
  return {
    settings: Object.fromEntries(entries.filter(([name]) => !isSecret(name))),
    secrets: Object.fromEntries(entries.filter(([name]) => isSecret(name))),
  };
}

/**
 * The configuration of a source as a person entered it, secrets in clear: for a collector or the
 * executor, never for a log or an answer.
 *
 * @throws SourceError where there is no such source, CredentialError where it cannot be opened.
 */
export async function openConfiguration(
  registry: SourceRegistry,
  vault: CredentialVault,
  sourceId: string,
): Promise<Record<string, unknown>> {
  const source = await registry.get(sourceId);
  const sealed = await registry.sealed(sourceId);
  const secrets = sealed === undefined ? {} : vault.openCredentials(sourceId, sealed);
  const settings: unknown = source.settings === null ? {} : JSON.parse(source.settings);
  return { ...openedObject(settings), ...openedObject(secrets) };
}
