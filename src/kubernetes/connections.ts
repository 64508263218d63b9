import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { ClusterAccess, Credentials } from './access/access.js';
import { tlsOptions, verifiedConnector } from './access/certificate.js';

/** Answers that end, or streams that stay. */
export type Purpose = 'requests' | 'streams';

type Open = Readonly<Record<Purpose, Dispatcher>> & {
  readonly clientCertificate: Credentials['clientCertificate'];
};

const largestAnswer = 256 * 1024 * 1024;

/** Connections to one server, made anew where the client certificate is another one. */
export class Connections {
  private open: Open | undefined;

  constructor(
    private readonly access: ClusterAccess,
    private readonly answerTimeoutMs: number,
  ) {}

  to(purpose: Purpose, { clientCertificate }: Credentials): Dispatcher {
    const known = this.open;
    if (known !== undefined && known.clientCertificate?.cert === clientCertificate?.cert) {
      return known[purpose];
    }
    const open = this.make(clientCertificate);
    this.open = open;
    if (known !== undefined) this.letEnd(known);
    return open[purpose];
  }

  /** Ends all connections, streams included. */
  async close(): Promise<void> {
    const known = this.open;
    this.open = undefined;
    await Promise.all([known?.requests.destroy(), known?.streams.destroy()]);
  }

  /** What is under way ends by itself; a stream is opened again by its supervisor. */
  private letEnd({ requests, streams }: Open): void {
    requests.close().catch(() => undefined);
    streams.close().catch(() => undefined);
  }

  private make(clientCertificate: Credentials['clientCertificate']): Open {
    const headersTimeout = this.answerTimeoutMs;
    const requests = {
      connections: 8,
      headersTimeout,
      bodyTimeout: this.answerTimeoutMs,
      maxResponseSize: largestAnswer,
    };
    // A quiet stream is normal; its supervisor tells a quiet one from a dead one.
    const streams = { headersTimeout, bodyTimeout: 0 };
    return {
      requests: this.dispatcher(requests, clientCertificate),
      streams: this.dispatcher(streams, clientCertificate),
      clientCertificate,
    };
  }

  private dispatcher(
    options: Agent.Options,
    clientCertificate: Credentials['clientCertificate'],
  ): Dispatcher {
    const { proxy } = this.access;
    if (proxy === undefined) {
      return new Agent({ ...options, connect: verifiedConnector(this.access, clientCertificate) });
    }
    const requestTls = { ...tlsOptions(this.access, clientCertificate), rejectUnauthorized: true };
    return new ProxyAgent({ ...options, uri: proxy, requestTls });
  }
}
