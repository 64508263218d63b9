import type { Certificate, Finding, Verification } from '../contract.js';
import { certificateFindings } from '../tls/certificate-findings.js';
import { inspectCertificate } from '../tls/inspect-certificate.js';
import { endpointOf, hasService } from './access/endpoints.js';
import type { ServiceName } from './access/services.js';
import type { Token } from './access/token.js';
import { OpenstackClient } from './client.js';
import type { OpenstackConfiguration } from './configuration.js';
import { OpenstackError, OpenstackUnreachableError } from './errors.js';
import { checkRights } from './rights.js';

/** Above it changes asked for by time would be missed in part. */
const toleratedSkewMs = 60_000;

const wanted: readonly (readonly [ServiceName, Finding['severity'], effect: string])[] = [
  ['compute', 'blocker', 'there are no machines to read'],
  ['network', 'warning', 'networks, ports and floating addresses stay unknown'],
  ['image', 'warning', 'images stay unknown, and with them what guests need'],
  ['blockStorage', 'warning', 'volumes stay unknown'],
];

const errorFinding = (error: OpenstackError): Finding => ({
  severity: 'blocker',
  what: `${error.what}: ${error.why}`,
  effect: 'nothing can be collected',
  remedy: error.remedy,
});

const plainHttpFinding = (where: string): Finding => ({
  severity: 'warning',
  what: `${where} is without TLS`,
  effect: 'whoever listens can read the token, and what goes over the network',
  remedy: 'Use endpoints with TLS; the internal interface of a cloud often has none',
});

function clockFindings(skewMs: number): readonly Finding[] {
  if (Math.abs(skewMs) <= toleratedSkewMs) return [];
  const seconds = Math.abs(Math.round(skewMs / 1000));
  return [
    {
      severity: 'warning',
      what: `its clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} ours`,
      effect: 'ages of snapshots and times of migrations are wrong by as much',
      remedy: 'Let both systems take their time from the same NTP servers',
    },
  ];
}

const shownBy = async (
  url: URL,
  { authority }: OpenstackConfiguration,
  signal: AbortSignal,
): Promise<Certificate> =>
  inspectCertificate(
    url.host,
    { authority },
    signal,
    (why, options) => new OpenstackUnreachableError(url.origin, why, options),
  );

/** Endpoints of the services that are read, or why one has none that fits. */
function endpointsOf(
  token: Token,
  configuration: OpenstackConfiguration,
): { readonly urls: readonly URL[]; readonly findings: readonly Finding[] } {
  const urls: URL[] = [];
  const findings: Finding[] = [];
  for (const [service, severity, effect] of wanted) {
    try {
      urls.push(new URL(endpointOf(token, service, configuration)));
    } catch (error) {
      if (!(error instanceof OpenstackError)) throw error;
      const what = hasService(token, service)
        ? `no ${service} endpoint fits: ${error.why}`
        : `the catalogue has no ${service} service`;
      findings.push({ severity, what, effect, remedy: error.remedy });
    }
  }
  return { urls, findings };
}

/** Findings about endpoints on other addresses than the identity service. */
async function endpointFindings(
  urls: readonly URL[],
  configuration: OpenstackConfiguration,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const identity = new URL(configuration.address);
  const others = new Map(
    urls.filter(({ origin }) => origin !== identity.origin).map((url) => [url.origin, url]),
  );
  const findings: Finding[] = [];
  for (const url of others.values()) {
    if (url.protocol === 'http:') {
      const finding = plainHttpFinding(url.origin);
      findings.push(configuration.allowPlainHttp ? finding : { ...finding, severity: 'blocker' });
      continue;
    }
    const shown = await shownBy(url, configuration, signal);
    const known = configuration.endpointFingerprints.includes(shown.sha256);
    const objections = known ? [] : certificateFindings(configuration.fingerprint, shown);
    findings.push(...objections.map((each) => ({ ...each, what: `${url.origin}: ${each.what}` })));
  }
  return findings;
}

type Facts = Omit<Verification, 'ok' | 'certificate'>;

/** What tells this cloud, and what is read of it, from every other source. */
function instanceIdOf(token: Token, configuration: OpenstackConfiguration): string | undefined {
  const identity = token.catalogue.find(({ type }) => type === 'identity')?.id;
  if (identity === undefined) return undefined;
  const { region = '', visibility } = configuration;
  const part = visibility === 'account' ? `/${token.projectId ?? token.userId}` : '';
  return `${identity}/${region}${part}`;
}

async function lookInside(client: OpenstackClient, signal: AbortSignal): Promise<Facts> {
  const { configuration } = client;
  const token = await client.token(signal);
  const instanceId = instanceIdOf(token, configuration);
  const endpoints = endpointsOf(token, configuration);
  const facts: Facts = {
    product: 'OpenStack',
    ...(instanceId === undefined ? {} : { instanceId }),
    clockSkewSeconds: Math.round(token.clockSkewMs / 1000),
    findings: [
      ...(configuration.address.startsWith('http:')
        ? [plainHttpFinding(configuration.address)]
        : []),
      ...clockFindings(token.clockSkewMs),
      ...endpoints.findings,
      ...(await endpointFindings(endpoints.urls, configuration, signal)),
    ],
  };
  if (facts.findings.some(({ severity }) => severity === 'blocker')) return facts;
  const compute = await client.microversion('compute', signal);
  const rights = await checkRights(client, token, signal);
  return {
    ...facts,
    ...(compute === undefined ? {} : { version: compute }),
    privileges: rights.privileges,
    findings: [...facts.findings, ...rights.findings],
  };
}

/**
 * Looks at a cloud before it is saved: certificate first, and only where that one is accepted or
 * trusted also the login, the clock, the endpoints with their certificates, and what the account
 * may read.
 *
 * @throws OpenstackUnreachableError where not even a certificate could be had.
 */
export async function verifySource(
  configuration: OpenstackConfiguration,
  signal: AbortSignal,
): Promise<Verification> {
  const { address, fingerprint } = configuration;
  const url = new URL(address);
  const certificate =
    url.protocol === 'https:' ? await shownBy(url, configuration, signal) : undefined;
  const shown = certificate === undefined ? {} : { certificate };
  const objections = certificate === undefined ? [] : certificateFindings(fingerprint, certificate);
  if (objections.length > 0) return { ok: false, ...shown, findings: objections };
  const client = new OpenstackClient({ ...configuration, pageSize: 1 });
  try {
    const facts = await lookInside(client, signal);
    const ok = !facts.findings.some(({ severity }) => severity === 'blocker');
    return { ok, ...shown, address, ...facts };
  } catch (error) {
    if (signal.aborted || !(error instanceof OpenstackError)) throw error;
    return { ok: false, ...shown, address, findings: [errorFinding(error)] };
  } finally {
    await client.close();
  }
}
