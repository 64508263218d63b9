import { X509Certificate } from 'node:crypto';
import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';

/** Whom a connection believes: an accepted certificate alone, or the authorities. */
export interface Trust {
  /** SHA-256, upper-case pairs joined by colons. */
  readonly fingerprint?: string | undefined;
  /** Further accepted certificates, where a source answers on several addresses. */
  readonly alsoAccepted?: readonly string[];
  /** Further authority in PEM form. */
  readonly authority?: string | undefined;
}

const connectTimeoutMs = 30_000;

/** The authorities of the runtime and the one that was given. */
export const authorities = (trust: Trust): string[] | undefined =>
  trust.authority === undefined ? undefined : [...tls.rootCertificates, trust.authority];

/**
 * Options of one connection. A pinned certificate is usually self-signed or long expired, so the
 * chain is not asked; instead {@link TrustedAgent} compares the fingerprint before any byte is sent.
 */
export const connectionOptions = (trust: Trust): tls.ConnectionOptions => {
  const ca = authorities(trust);
  return {
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: trust.fingerprint === undefined,
    ...(ca === undefined ? {} : { ca }),
  };
};

export const peerCertificate = (socket: tls.TLSSocket): X509Certificate | undefined => {
  const raw = socket.getPeerCertificate().raw as Buffer | undefined;
  return raw === undefined ? undefined : new X509Certificate(raw);
};

type Created = (error: Error | null, socket: Duplex) => void;

/** What a source says where the server shows another certificate than the accepted one. */
export type CertificateChanged = (accepted: string, shown: string) => Error;

/**
 * Keeps connections alive and checks each one when it is made: a certificate that was swapped
 * between two connections is seen before the second one carries a request.
 */
export class TrustedAgent extends Agent {
  constructor(
    private readonly trust: Trust,
    private readonly changed: CertificateChanged,
  ) {
    // A resumed TLS session shows no certificate to compare.
    super({ keepAlive: true, maxSockets: 4, maxCachedSessions: 0, scheduling: 'lifo' });
  }

  override createConnection(options: tls.ConnectionOptions, created: Created): undefined {
    const { host, port } = options;
    const socket = tls.connect({
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
      ...(options.servername === undefined ? {} : { servername: options.servername }),
      ...connectionOptions(this.trust),
    });
    let settled = false;
    const settle = (error: Error | null): void => {
      if (settled) return;
      settled = true;
      socket.off('error', settle).setTimeout(0);
      if (error !== null) socket.destroy();
      created(error, socket);
    };
    socket.setTimeout(connectTimeoutMs, () => {
      settle(new Error(`no TLS connection within ${connectTimeoutMs / 1000} s`));
    });
    socket.once('error', settle);
    socket.once('secureConnect', () => {
      settle(this.objection(socket));
    });
  }

  private objection(socket: tls.TLSSocket): Error | null {
    const accepted = this.trust.fingerprint;
    if (accepted === undefined) return null;
    const shown = peerCertificate(socket)?.fingerprint256 ?? 'none';
    const known = shown === accepted || this.trust.alsoAccepted?.includes(shown) === true;
    return known ? null : this.changed(accepted, shown);
  }
}
