import { request, type RequestOptions } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { certificateReason } from '../tls/inspect-certificate.js';
import { TrustedAgent, type Trust } from '../tls/trusted-connection.js';
import {
  VsphereAnswerError,
  VsphereBusyError,
  VsphereCertificateChangedError,
  VsphereCertificateError,
  VsphereError,
  VsphereUnreachableError,
} from './errors.js';

/** Far above a page of 500 of the largest machines seen, far below what harms a small server. */
const maximumAnswerBytes = 512 * 1024 * 1024;
const userAgent = 'OPAL';
const busyStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export interface HttpCall {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Longest silence in milliseconds. */
  readonly silenceMs: number;
  /** Takes the decoded text of the answer piece by piece; throwing ends the call. */
  readonly receive: (text: string) => void;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

const retryAfter = (headers: IncomingHttpHeaders): number | undefined => {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : undefined;
};

/** HTTP over connections that are checked and kept alive. Holds no session and no credential. */
export class HttpTransport {
  private readonly agent: TrustedAgent;
  private readonly host: string;
  private readonly port: number;

  constructor(
    readonly address: string,
    trust: Trust,
  ) {
    const url = new URL(`https://${address}`);
    this.host = url.hostname.replace(/^\[|\]$/gu, '');
    this.port = Number(url.port || 443);
    this.agent = new TrustedAgent(
      trust,
      (accepted, shown) => new VsphereCertificateChangedError(address, accepted, shown),
    );
  }

  /** Closes the connections. Calls under way fail. */
  close(): void {
    this.agent.destroy();
  }

  /**
   * @throws VsphereUnreachableError, VsphereCertificateError, VsphereCertificateChangedError,
   * VsphereBusyError for 429 and 502 to 504, VsphereAnswerError past the size limit.
   */
  async call(call: HttpCall): Promise<HttpAnswer> {
    call.signal.throwIfAborted();
    try {
      return await this.exchange(call);
    } catch (error) {
      call.signal.throwIfAborted();
      throw this.explained(error);
    }
  }

  private options(call: HttpCall): RequestOptions {
    return {
      host: this.host,
      port: this.port,
      ...(isIP(this.host) === 0 ? { servername: this.host } : {}),
      agent: this.agent,
      method: call.method,
      path: call.path,
      signal: call.signal,
      headers: {
        'accept-encoding': 'gzip',
        // Administrators see it in the list of sessions.
        'user-agent': userAgent,
        ...call.headers,
        ...(call.body === undefined ? {} : { 'content-length': Buffer.byteLength(call.body) }),
      },
    };
  }

  private exchange(call: HttpCall): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(this.options(call), (incoming) => {
        const status = incoming.statusCode ?? 0;
        if (busyStatuses.has(status)) {
          incoming.resume();
          reject(new VsphereBusyError(this.address, status, retryAfter(incoming.headers)));
          return;
        }
        this.read(call, incoming).then(
          () => {
            resolve({ status, headers: incoming.headers });
          },
          (error: unknown) => {
            outgoing.destroy();
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      });
      outgoing.setTimeout(call.silenceMs, () => {
        outgoing.destroy(new Error(`no answer within ${call.silenceMs / 1000} s`));
      });
      outgoing.once('error', reject);
      outgoing.end(call.body);
    });
  }

  private async read(call: HttpCall, incoming: IncomingMessage): Promise<void> {
    const zipped = incoming.headers['content-encoding'] === 'gzip';
    const body: Readable = zipped
      ? incoming.on('error', (error) => body.destroy(error)).pipe(createGunzip())
      : incoming;
    let received = 0;
    body.setEncoding('utf8');
    for await (const piece of body) {
      const text = String(piece);
      received += text.length;
      if (received > maximumAnswerBytes) {
        const limit = `the answer is larger than ${maximumAnswerBytes / 1024 ** 2} MiB`;
        throw new VsphereAnswerError(this.address, call.name, limit);
      }
      call.receive(text);
    }
    if (!incoming.complete) throw new Error('the connection was cut within the answer');
  }

  private explained(error: unknown): Error {
    if (error instanceof VsphereError) return error;
    const reason = certificateReason(error);
    if (reason !== undefined) {
      return new VsphereCertificateError(this.address, reason, { cause: error });
    }
    const why = error instanceof Error ? error.message : String(error);
    return new VsphereUnreachableError(this.address, why, { cause: error });
  }
}
