import type { X509Certificate } from 'node:crypto';
import {
  KubernetesError,
  connectCluster,
  lookAtCertificate,
  resolveAccess,
  resources,
  rightName,
  type Cluster,
  type ClusterAccess,
  type KubeconfigPolicy,
} from '../../kubernetes/index.js';
import type { Certificate, Finding, Verification } from '../contract.js';
import type { KubevirtConfiguration } from './configuration.js';
import { readCluster } from './read-cluster.js';
import { mapCluster } from './map/cluster.js';
import { neededRights } from './rights.js';
import { KubevirtSession } from './session.js';

/** The oldest versions whose API has all that is built for a target. */
const oldestKubernetes = { major: 1, minor: 27 };

const oneLine = (text: string): string => text.trim().replaceAll('\n', ', ');

function describeCertificate(
  certificate: X509Certificate,
  trusted: boolean,
  reason: string | undefined,
): Certificate {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
    sha256: certificate.fingerprint256,
    sha1: certificate.fingerprint,
    trusted,
    ...(reason === undefined ? {} : { reason }),
    pem: certificate.toString(),
  };
}

const blocker = (what: string, effect: string, remedy: string): Finding => ({
  severity: 'blocker',
  what,
  effect,
  remedy,
});

async function findRights(
  cluster: Cluster,
  signal: AbortSignal,
): Promise<{
  readonly privileges: NonNullable<Verification['privileges']>;
  readonly findings: readonly Finding[];
}> {
  const reviews = await cluster.review(
    neededRights.map(({ right }) => right),
    signal,
  );
  const missing = reviews.flatMap((review, index) => {
    const needed = neededRights[index];
    return review.allowed || needed === undefined ? [] : [needed];
  });
  return {
    privileges: {
      present: reviews.filter((review) => review.allowed).map(rightName),
      missing: missing.map(({ right }) => rightName(right)),
    },
    findings: missing.map(({ right, effect, essential }) => ({
      severity: essential ? 'blocker' : 'warning',
      what: `The account may not ${rightName(right)}`,
      effect,
      remedy: `Give it this right; \`kubectl auth can-i ${rightName(right)}\` shows whether it has it.`,
    })),
  };
}

function findOldVersion(version: string): Finding[] {
  const match = /^v?(\d+)\.(\d+)/u.exec(version);
  const [major, minor] = [Number(match?.[1]), Number(match?.[2])];
  const { major: leastMajor, minor: leastMinor } = oldestKubernetes;
  const tooOld = major < leastMajor || (major === leastMajor && minor < leastMinor);
  if (match === null || !tooOld) return [];
  return [
    blocker(
      `Kubernetes ${version} is older than ${leastMajor}.${leastMinor}`,
      'The objects of a migration are not accepted as they are built.',
      'Upgrade the cluster.',
    ),
  ];
}

async function findOperators(
  session: KubevirtSession,
  signal: AbortSignal,
): Promise<{ readonly product: string; readonly findings: readonly Finding[] }> {
  const { object, omissions } = await readCluster(session, signal);
  const { kubevirtVersion, cdiVersion } = mapCluster(object).properties;
  const findings: Finding[] = omissions
    .filter(({ why }) => why === 'not installed')
    .map(({ what }) =>
      blocker(
        `${what} is not installed`,
        what === 'CDI'
          ? 'Disks have no way into the cluster.'
          : 'The cluster cannot run virtual machines.',
        `Install the ${what} operator, then verify again.`,
      ),
    );
  const name = (what: string, version: string | null | undefined): string =>
    version === undefined || version === null ? `no ${what}` : `${what} ${version}`;
  return {
    product: `Kubernetes with ${name('KubeVirt', kubevirtVersion)} and ${name('CDI', cdiVersion)}`,
    findings,
  };
}

async function instanceIdOf(cluster: Cluster, signal: AbortSignal): Promise<string | undefined> {
  try {
    // There is no other id of a cluster; this namespace is never deleted.
    const namespace = await cluster.get(resources.namespace, { name: 'kube-system' }, signal);
    return namespace?.metadata.uid;
  } catch (error) {
    if (error instanceof KubernetesError) return undefined;
    throw error;
  }
}

async function verifyReached(cluster: Cluster, signal: AbortSignal): Promise<Verification> {
  const { version, clockSkewSeconds } = await cluster.version(signal);
  const operators = await findOperators(new KubevirtSession(cluster), signal);
  const rights = await findRights(cluster, signal);
  const instanceId = await instanceIdOf(cluster, signal);
  const findings = [...findOldVersion(version), ...operators.findings, ...rights.findings];
  return {
    ok: !findings.some(({ severity }) => severity === 'blocker'),
    product: operators.product,
    version,
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(clockSkewSeconds === undefined ? {} : { clockSkewSeconds }),
    privileges: rights.privileges,
    findings,
  };
}

/** What the server shows, and a blocker where nobody vouches for it. */
async function lookAtServer(
  access: ClusterAccess,
  signal: AbortSignal,
): Promise<{ readonly certificate?: Certificate; readonly refusal?: Finding }> {
  // Behind a proxy there is no direct way to look; the chain is verified by each call.
  if (access.proxy !== undefined) return {};
  const shown = await lookAtCertificate(access, signal);
  const certificate = describeCertificate(shown.certificate, shown.trusted, shown.reason);
  const pin = access.certificateFingerprint;
  const pinned = pin !== undefined && certificate.sha256.replaceAll(':', '') === pin;
  if (pin === undefined ? shown.trusted : pinned) return { certificate };
  const what =
    pin === undefined
      ? `The certificate is not trusted: ${shown.reason ?? 'unknown reason'}`
      : `The server shows the certificate ${certificate.sha256}, and ${pin} is pinned`;
  const refusal = blocker(
    what,
    'The credentials would go to a server that nobody vouches for.',
    'Compare the fingerprint with the one the owner of the cluster gives, then give the certificate authority or pin the fingerprint.',
  );
  return { certificate, refusal };
}

/**
 * Looks at a target before it is saved. Nothing is sent to a server whose certificate is neither
 * trusted nor pinned.
 */
export async function verifyTarget(
  configuration: KubevirtConfiguration,
  signal: AbortSignal,
  policy?: KubeconfigPolicy,
): Promise<Verification> {
  const access = await resolveAccess(configuration, policy);
  const { refusal, ...shown } = await lookAtServer(access, signal);
  if (refusal !== undefined) return { ok: false, ...shown, findings: [refusal] };
  const cluster = await connectCluster(configuration, policy);
  try {
    return { ...(await verifyReached(cluster, signal)), ...shown, address: access.server };
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error;
    const finding = blocker(
      `${error.what}: ${error.why}`,
      'The target cannot be read.',
      error.remedy,
    );
    return { ok: false, ...shown, findings: [finding] };
  } finally {
    await cluster.close();
  }
}
