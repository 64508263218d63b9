import { z } from 'zod';
import type { Finding, Verification } from '../contract.js';
import { certificateFindings } from '../tls/certificate-findings.js';
import { inspectCertificate } from '../tls/inspect-certificate.js';
import type { VsphereConfiguration } from './configuration.js';
import { VimFaultError, VsphereError, VsphereUnreachableError } from './errors.js';
import {
  checkPrivileges,
  privilegeFindings,
  uncheckedPrivileges,
  type PrivilegeCheck,
} from './privileges.js';
import { requireProduct } from './session.js';
import { VimClient } from './vim-client.js';

/** Above it time stamps of the two systems cannot be compared in a window. */
const toleratedSkewSeconds = 60;
/** The oldest API whose objects are known to have the fields that are read. */
const oldestVersion = 6;

function errorFinding(error: VsphereError): Finding {
  return {
    severity: 'blocker',
    what: `${error.what}: ${error.why}`,
    effect: 'nothing can be collected',
    remedy: error.remedy,
  };
}

const time = z.array(z.string()).min(1);

async function clockSkew(client: VimClient, signal: AbortSignal): Promise<number | undefined> {
  const before = Date.now();
  const [text] = time.parse(
    await client.call(
      'CurrentTime',
      { type: 'ServiceInstance', value: 'ServiceInstance' },
      {},
      { signal },
    ),
  );
  // The server looked at its clock somewhere between the two.
  const ours = (before + Date.now()) / 2;
  const theirs = Date.parse(text ?? '');
  return Number.isNaN(theirs) ? undefined : Math.round((theirs - ours) / 1000);
}

function clockFindings(skew: number | undefined): readonly Finding[] {
  if (skew === undefined || Math.abs(skew) <= toleratedSkewSeconds) return [];
  return [
    {
      severity: 'warning',
      what: `its clock is ${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} ours`,
      effect: 'ages of snapshots and times of migrations are wrong by as much',
      remedy: 'Let both systems take their time from the same NTP servers',
    },
  ];
}

function versionFindings(apiVersion: string): readonly Finding[] {
  if (Number.parseInt(apiVersion, 10) >= oldestVersion) return [];
  return [
    {
      severity: 'warning',
      what: `its API version is ${apiVersion === '' ? 'unknown' : apiVersion}`,
      effect: `before ${oldestVersion}.0 some properties do not exist and stay unknown`,
      remedy: 'Upgrade the server, or expect rules that cannot be evaluated',
    },
  ];
}

async function privileges(
  client: VimClient,
  signal: AbortSignal,
): Promise<{ check?: PrivilegeCheck; findings: readonly Finding[] }> {
  try {
    const check = await checkPrivileges(client, signal);
    return { check, findings: privilegeFindings(check) };
  } catch (error) {
    if (error instanceof VimFaultError || error instanceof z.ZodError) {
      const why = error instanceof VimFaultError ? error.fault : 'the answer has another form';
      return { findings: [uncheckedPrivileges(why)] };
    }
    throw error;
  }
}

type Facts = Omit<Verification, 'ok' | 'certificate'>;

/** What can be learnt with a login; a refusal on the way becomes a finding with what was learnt before. */
async function lookInside(client: VimClient, signal: AbortSignal): Promise<Facts> {
  let facts: Facts = { findings: [] };
  try {
    const { about } = await client.connect(signal);
    facts = {
      product: about.fullName || about.name,
      version: about.version,
      ...(about.instanceUuid === undefined ? {} : { instanceId: about.instanceUuid }),
      findings: versionFindings(about.apiVersion),
    };
    requireProduct(client);
    await client.login(signal);
    const clockSkewSeconds = await clockSkew(client, signal);
    const { check, findings } = await privileges(client, signal);
    return {
      ...facts,
      ...(clockSkewSeconds === undefined ? {} : { clockSkewSeconds }),
      ...(check === undefined ? {} : { privileges: check }),
      findings: [...facts.findings, ...clockFindings(clockSkewSeconds), ...findings],
    };
  } catch (error) {
    if (signal.aborted || !(error instanceof VsphereError)) throw error;
    return { ...facts, findings: [...facts.findings, errorFinding(error)] };
  }
}

/**
 * Looks at a source before it is saved: certificate first, and only where that one is accepted
 * or trusted also the product, the login, the clock and the privileges.
 *
 * @throws VsphereUnreachableError where not even a certificate could be had.
 */
export async function verifySource(
  configuration: VsphereConfiguration,
  signal: AbortSignal,
): Promise<Verification> {
  const { address, authority } = configuration;
  const certificate = await inspectCertificate(
    address,
    { authority },
    signal,
    (why, options) => new VsphereUnreachableError(address, why, options),
  );
  const objections = certificateFindings(configuration.fingerprint, certificate);
  if (objections.length > 0) return { ok: false, certificate, findings: objections };
  // Short, and before the source is known to anybody: it waits for no other session.
  const client = new VimClient(configuration);
  try {
    const facts = await lookInside(client, signal);
    const ok = !facts.findings.some(({ severity }) => severity === 'blocker');
    return { ok, certificate, ...facts };
  } finally {
    await client.close();
  }
}
