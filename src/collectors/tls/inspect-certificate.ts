import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import tls from 'node:tls';
import type { Certificate } from '../contract.js';
import { authorities, peerCertificate, type Trust } from './trusted-connection.js';

const inspectTimeoutMs = 20_000;

/** OpenSSL's and Node's codes in words a person can act on. */
const reasons: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends in an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate of its authority is missing',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not trusted here',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is issued for another name',
};

/** Why a TLS error says that the certificate is not trusted; `undefined` for other errors. */
export const certificateReason = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? reasons[error.code] : undefined;
};

const objection = (socket: tls.TLSSocket, host: string): string | undefined => {
  if (!socket.authorized) {
    // Declared as an Error; at run time it is the code's text.
    const code = String(socket.authorizationError);
    return reasons[code] ?? code;
  }
  const mismatch = tls.checkServerIdentity(host, socket.getPeerCertificate());
  return mismatch === undefined ? undefined : reasons.ERR_TLS_CERT_ALTNAME_INVALID;
};

const describe = (certificate: X509Certificate, reason: string | undefined): Certificate => ({
  subject: certificate.subject.replaceAll('\n', ', '),
  issuer: certificate.issuer.replaceAll('\n', ', '),
  validFrom: new Date(certificate.validFrom).toISOString(),
  validTo: new Date(certificate.validTo).toISOString(),
  sha256: certificate.fingerprint256,
  sha1: certificate.fingerprint,
  trusted: reason === undefined,
  ...(reason === undefined ? {} : { reason }),
  pem: certificate.toString(),
});

/** What a source says where no handshake was possible. */
export type NoHandshake = (why: string, options?: ErrorOptions) => Error;

/**
 * Looks at the certificate that a server shows and says whether the authorities vouch for it. No
 * request and no credential is sent: the connection ends after the handshake.
 *
 * @param address host or host:port.
 * @throws what `noHandshake` makes where no handshake was possible.
 */
export async function inspectCertificate(
  address: string,
  trust: Trust,
  signal: AbortSignal,
  noHandshake: NoHandshake,
): Promise<Certificate> {
  const url = new URL(`https://${address}`);
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  const ca = authorities(trust);
  return await new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown): void => {
      socket.destroy();
      reject(noHandshake(why, { cause }));
    };
    const socket = tls.connect({
      host,
      port: Number(url.port || 443),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca }),
      minVersion: 'TLSv1.2',
      // The handshake has to end well with any certificate, to show it; nothing is sent over it.
      rejectUnauthorized: false,
    });
    const abort = (): void => {
      fail('it was cancelled', signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('close', () => {
      signal.removeEventListener('abort', abort);
    });
    socket.setTimeout(inspectTimeoutMs, () => {
      fail(`no TLS handshake within ${inspectTimeoutMs / 1000} s`);
    });
    socket.once('error', (error: Error) => {
      fail(error.message, error);
    });
    socket.once('secureConnect', () => {
      const certificate = peerCertificate(socket);
      if (certificate === undefined) {
        fail('the server shows no certificate');
        return;
      }
      resolve(describe(certificate, objection(socket, host)));
      socket.end();
    });
    if (signal.aborted) abort();
  });
}
