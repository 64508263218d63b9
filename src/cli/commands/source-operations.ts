import { z } from 'zod';
import { errorFields, type ApiClient } from '../connection/api-client.js';

const text = z.string().nullable();

const source = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  state: z.string(),
  address: text,
  fingerprint: text,
  product: text,
  version: text,
  lastSync: z.number().nullable(),
  lastComplete: z.number().nullable(),
  lastReadAt: text,
  lastError: text,
  staleSince: text,
  omissionCount: z.number().nullable(),
});
export type Source = z.output<typeof source>;

const sourceFields =
  'id name kind state address fingerprint product version lastSync lastComplete lastReadAt lastError staleSince omissionCount';

const verification = z.object({
  ok: z.boolean(),
  certificate: z
    .object({
      subject: z.string(),
      issuer: z.string(),
      validTo: z.string(),
      sha256: z.string(),
      sha1: z.string(),
      trusted: z.boolean(),
      reason: text,
    })
    .nullable(),
  product: text,
  version: text,
  clockSkewSeconds: z.number().nullable(),
  privileges: z.object({ missing: z.array(z.string()) }).nullable(),
  findings: z.array(
    z.object({ severity: z.string(), what: z.string(), effect: z.string(), remedy: z.string() }),
  ),
});
export type Verification = z.output<typeof verification>;

const verificationFields =
  'ok certificate { subject issuer validTo sha256 sha1 trusted reason } product version clockSkewSeconds privileges { missing } findings { severity what effect remedy }';

const verified = z.object({ source, verification });
export type Verified = z.output<typeof verified>;

const verifiedPayload = `${errorFields} source { ${sourceFields} } verification { ${verificationFields} }`;

export const listSources = async (api: ApiClient): Promise<readonly Source[]> =>
  (
    await api.query(
      `query sources { sources { ${sourceFields} } }`,
      {},
      z.object({ sources: z.array(source) }),
    )
  ).sources;

export const showSource = async (api: ApiClient, id: string): Promise<Source> =>
  (
    await api.query(
      `query source($id: ID!) { source(id: $id) { ${sourceFields} } }`,
      { id },
      z.object({ source }),
    )
  ).source;

export const draftSource = (
  api: ApiClient,
  draft: {
    readonly name: string;
    readonly id: string | null;
    readonly kind: string;
    readonly configuration: Readonly<Record<string, unknown>>;
  },
): Promise<Verified> =>
  api.mutate(
    `mutation draft($name: String!, $id: ID, $kind: String!, $configuration: JSONObject!) {
      draftSource(name: $name, id: $id, kind: $kind, configuration: $configuration) { ${verifiedPayload} }
    }`,
    draft,
    verified,
  );

export const verifySource = (api: ApiClient, id: string): Promise<Verified> =>
  api.mutate(
    `mutation verify($id: ID!) { verifySource(id: $id) { ${verifiedPayload} } }`,
    { id },
    verified,
  );

export const saveSource = (
  api: ApiClient,
  id: string,
  fingerprint: string | undefined,
): Promise<Verified> =>
  api.mutate(
    `mutation save($id: ID!, $fingerprint: String) {
      saveSource(id: $id, acceptFingerprint: $fingerprint) { ${verifiedPayload} }
    }`,
    { id, fingerprint: fingerprint ?? null },
    verified,
  );

export const reconfigureSource = (
  api: ApiClient,
  id: string,
  configuration: Readonly<Record<string, unknown>>,
): Promise<Verified> =>
  api.mutate(
    `mutation reconfigure($id: ID!, $configuration: JSONObject!) {
      reconfigureSource(id: $id, configuration: $configuration) { ${verifiedPayload} }
    }`,
    { id, configuration },
    verified,
  );

export const removeSource = async (api: ApiClient, id: string): Promise<void> => {
  await api.mutate(
    `mutation remove($id: ID!) {
      removeSource(id: $id) { ${errorFields} id }
    }`,
    { id },
    z.object({ id: z.string() }),
  );
};

/** What verification found, for people: the certificate to compare first. */
export const describeVerification = (found: Verification): string => {
  const { certificate, product, version, clockSkewSeconds, privileges, findings } = found;
  const lines: string[] = [];
  if (product !== null) lines.push(`product      ${product}`);
  if (version !== null) lines.push(`version      ${version}`);
  if (certificate !== null) {
    const trust = certificate.trusted
      ? 'trusted'
      : `not trusted: ${certificate.reason ?? 'unknown authority'}`;
    lines.push(
      `certificate  ${certificate.subject}, valid to ${certificate.validTo}, ${trust}`,
      `  SHA-256    ${certificate.sha256}`,
      `  SHA-1      ${certificate.sha1}`,
    );
  }
  if (clockSkewSeconds !== null)
    lines.push(`clock        ${clockSkewSeconds.toFixed(1)} s from ours`);
  if (privileges !== null && privileges.missing.length > 0) {
    lines.push(`missing      ${privileges.missing.join(', ')}`);
  }
  for (const { severity, what, effect, remedy } of findings) {
    lines.push(`${severity.padEnd(12)} ${what}: ${effect}. ${remedy}`);
  }
  return lines.join('\n');
};
