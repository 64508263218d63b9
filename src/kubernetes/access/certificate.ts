import type { X509Certificate } from 'node:crypto';
import { connect, type TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import type { ClusterAccess, Credentials, ServerTrust } from './access.js';

/** The certificate an API server shows, and whether the chain leads to a trusted authority. */
export interface ServerCertificate {
  readonly certificate: X509Certificate;
  readonly trusted: boolean;
  readonly reason?: string;
}

const connectTimeoutMs = 10_000;

/** TLS options for the access: who is trusted, who we are. */
export function tlsOptions(
  { trust }: ClusterAccess,
  clientCertificate?: Credentials['clientCertificate'],
): ServerTrust &
  Partial<NonNullable<typeof clientCertificate>> & { readonly minVersion: 'TLSv1.2' } {
  return { ...trust, ...clientCertificate, minVersion: 'TLSv1.2' };
}

const colonless = (fingerprint: string): string => fingerprint.replaceAll(':', '').toUpperCase();

/** A server showed another certificate than the pinned one; nothing was sent to it. */
export class CertificateChanged extends Error {
  constructor(
    readonly expected: string,
    readonly shown: string,
  ) {
    super(`the server shows the certificate ${shown}, and ${expected} is pinned`);
    this.name = 'CertificateChanged';
  }
}

/** Refuses a socket before the first byte of a request, where its certificate is not the pinned one. */
function checkPin(socket: TLSSocket, expected: string): Error | undefined {
  const shown = socket.getPeerX509Certificate()?.fingerprint256 ?? 'no certificate';
  return colonless(shown) === expected ? undefined : new CertificateChanged(expected, shown);
}

/** Connects with a verified certificate: by its chain, or by the pinned fingerprint alone. */
export function verifiedConnector(
  access: ClusterAccess,
  clientCertificate: Credentials['clientCertificate'],
): buildConnector.connector {
  const pin = access.certificateFingerprint;
  const tls = tlsOptions(access, clientCertificate);
  const options = { ...tls, allowH2: false, timeout: connectTimeoutMs };
  if (pin === undefined) return buildConnector({ ...options, rejectUnauthorized: true });
  // The fingerprint is checked below. A resumed session would show no certificate to check.
  const unchecked = buildConnector({ ...options, rejectUnauthorized: false, maxCachedSessions: 0 });
  return (target, callback) => {
    unchecked(target, (...[error, socket]) => {
      if (error !== null) {
        callback(error, null);
        return;
      }
      const refusal =
        'getPeerX509Certificate' in socket
          ? checkPin(socket, pin)
          : new Error('the connection is not encrypted');
      if (refusal === undefined) {
        callback(null, socket);
        return;
      }
      socket.destroy();
      callback(refusal, null);
    });
  };
}

/**
 * Looks at the certificate of an API server without sending it anything.
 *
 * @throws the socket's error where no TLS connection could be made.
 */
export function lookAtCertificate(
  access: ClusterAccess,
  signal: AbortSignal,
): Promise<ServerCertificate> {
  const { hostname, port } = new URL(access.server);
  const host = hostname.replace(/^\[|\]$/gu, '');
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...tlsOptions(access),
      host,
      port: port === '' ? 443 : Number(port),
      rejectUnauthorized: false,
      timeout: connectTimeoutMs,
    });
    const stop = (): void => {
      socket.destroy(new Error('the look at the certificate was cancelled'));
    };
    signal.addEventListener('abort', stop, { once: true });
    socket.once('close', () => {
      signal.removeEventListener('abort', stop);
    });
    socket.once('timeout', () => {
      socket.destroy(new Error(`no answer within ${connectTimeoutMs / 1000} s`));
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      const reason = socket.authorizationError as Error | string | null;
      socket.destroy();
      if (certificate === undefined) reject(new Error('the server shows no certificate'));
      else if (reason === null) resolve({ certificate, trusted: true });
      else resolve({ certificate, trusted: false, reason: String(reason) });
    });
  });
}
