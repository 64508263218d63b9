const removed = '[removed]';

/** Ends of field names whose text is a secret wherever a source shows them. */
const secretField =
  /(?:password|passwd|passphrase|secret|token|ticket|sessionkey|privatekey|credentials?|authorization|cookie|licensekey|communitystring)$/iu;
const shortestSecret = 4;

/**
 * Makes a function that copies what a source answered without secrets: fields named for one, and
 * every occurrence of the secrets that were used to read the source.
 */
export function secretRemover(secrets: readonly string[]): (value: unknown) => unknown {
  const known = secrets.filter((secret) => secret.length >= shortestSecret);
  const clean = (text: string): string =>
    known.reduce((rest, secret) => rest.replaceAll(secret, removed), text);
  const copy = (value: unknown): unknown => {
    if (typeof value === 'string') return clean(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(copy);
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [
        name,
        typeof field === 'string' && secretField.test(name) ? removed : copy(field),
      ]),
    );
  };
  return copy;
}

/** The values of a configuration's secret fields, for removal. */
export function secretsIn(configuration: unknown, fields: readonly string[]): string[] {
  if (typeof configuration !== 'object' || configuration === null) return [];
  const values: Readonly<Record<string, unknown>> = { ...configuration };
  return fields.map((field) => values[field]).filter((value) => typeof value === 'string');
}
