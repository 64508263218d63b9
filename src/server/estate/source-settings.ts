import { z } from 'zod';
import type { AnyCollector } from '../../collectors/engine/index.js';
import { invalidConfiguration } from './estate-error.js';

type Fields = Readonly<Record<string, unknown>>;

/** Fields of a configuration by whether they may stand in the graph as they are. */
export interface SplitConfiguration {
  readonly settings: Fields;
  readonly secrets: Fields;
}

/** What a person entered as the collector understands it. Throws EstateError naming the fields. */
export const parsedConfiguration = (collector: AnyCollector, given: unknown): Fields => {
  const parsed = collector.configuration.safeParse(given);
  if (parsed.success) return parsed.data as Fields;
  // The message names fields and rules, never values, since some of them are secrets.
  const why = parsed.error.issues
    .map(
      ({ path, message }) => `${path.length === 0 ? 'configuration' : path.join('.')}: ${message}`,
    )
    .join('; ');
  throw invalidConfiguration(collector.kind, why);
};

export const splitConfiguration = (collector: AnyCollector, fields: Fields): SplitConfiguration => {
  const isSecret = ([name]: readonly [string, unknown]): boolean =>
    collector.secrets.includes(name);
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    settings: Object.fromEntries(entries.filter((entry) => !isSecret(entry))),
    secrets: Object.fromEntries(entries.filter(isSecret)),
  };
};

const storedFields = z.record(z.string(), z.unknown());

/** Puts stored settings and opened secrets together again. */
export const joinedConfiguration = (settings: string | null, secrets: unknown): Fields => ({
  ...storedFields.parse(JSON.parse(settings ?? '{}')),
  ...storedFields.parse(secrets ?? {}),
});

const pinFields = ['fingerprint', 'certificateFingerprint'] as const;

/** The same configuration with the certificate pinned that a person has compared and accepted. */
export const pinned = (collector: AnyCollector, fields: Fields, sha256: string): Fields => {
  const name = collector.kind === 'kubevirt' ? pinFields[1] : pinFields[0];
  return { ...fields, [name]: sha256 };
};
