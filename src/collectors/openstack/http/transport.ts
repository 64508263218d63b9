import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import axios, { isAxiosError, isCancel, type AxiosInstance, type AxiosResponse } from 'axios';
import { certificateReason } from '../../tls/inspect-certificate.js';
import { TrustedAgent } from '../../tls/trusted-connection.js';
import type { OpenstackConfiguration } from '../configuration.js';
import {
  OpenstackAnswerError,
  OpenstackBusyError,
  OpenstackCertificateChangedError,
  OpenstackCertificateError,
  OpenstackError,
  OpenstackPlainHttpError,
  OpenstackUnreachableError,
} from '../errors.js';

/** Far above a page of 1,000 of the largest servers seen. */
const maximumAnswerBytes = 256 * 1024 * 1024;
const busyStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** Attempts at one call while the service says that it is busy. */
const mostAttempts = 5;
const longestPauseMs = 60_000;

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The decoded JSON; undefined where the answer has none. */
  readonly body: unknown;
}

/** Seconds or a date, as HTTP has it. */
function retryAfter(header: unknown): number | undefined {
  if (typeof header !== 'string') return undefined;
  const seconds = Number(header);
  const pause = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return pause > 0 ? Math.min(pause, longestPauseMs) : undefined;
}

/** HTTP over connections that are checked and kept alive. Holds no session and no credential. */
export class OpenstackTransport {
  /** Requests that were sent, those that were sent again included. */
  calls = 0;
  private readonly client: AxiosInstance;
  private readonly plainAgent = new Agent({ keepAlive: true, maxSockets: 4 });
  private readonly trustedAgent: TrustedAgent;

  constructor(
    private readonly configuration: OpenstackConfiguration,
    private readonly firstPauseMs = 1000,
  ) {
    const { fingerprint, authority, endpointFingerprints, timeoutSeconds } = configuration;
    this.trustedAgent = new TrustedAgent(
      { fingerprint, authority, alsoAccepted: endpointFingerprints },
      (accepted, shown) =>
        new OpenstackCertificateChangedError(configuration.address, accepted, shown),
    );
    this.client = axios.create({
      timeout: timeoutSeconds * 1000,
      maxContentLength: maximumAnswerBytes,
      // A token must not follow a redirect to a server that nobody looked at.
      maxRedirects: 0,
      proxy: false,
      responseType: 'text',
      transformResponse: (text: unknown) => text,
      validateStatus: () => true,
      httpAgent: this.plainAgent,
      httpsAgent: this.trustedAgent,
      headers: { accept: 'application/json', 'user-agent': 'OPAL' },
    });
  }

  /** Closes the connections. Calls under way fail. */
  close(): void {
    this.plainAgent.destroy();
    this.trustedAgent.destroy();
  }

  /**
   * Answers of any status but the busy ones, which are waited out.
   *
   * @throws OpenstackUnreachableError, OpenstackCertificateError, OpenstackCertificateChangedError,
   * OpenstackPlainHttpError, OpenstackBusyError, OpenstackAnswerError for what is no JSON.
   */
  async call(call: HttpCall): Promise<HttpAnswer> {
    if (call.url.startsWith('http:') && !this.configuration.allowPlainHttp) {
      throw new OpenstackPlainHttpError(new URL(call.url).origin);
    }
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.exchange(call);
      if (!busyStatuses.has(answer.status)) return this.decoded(call, answer);
      const asked = retryAfter(answer.headers['retry-after']);
      if (attempt >= mostAttempts) {
        throw new OpenstackBusyError(new URL(call.url).origin, answer.status, asked);
      }
      const pause = this.firstPauseMs * 2 ** (attempt - 1) * (0.8 + 0.4 * Math.random());
      await sleep(Math.max(asked ?? 0, pause), undefined, { signal: call.signal });
    }
  }

  private async exchange(call: HttpCall): Promise<AxiosResponse<unknown>> {
    call.signal.throwIfAborted();
    this.calls += 1;
    try {
      return await this.client.request<unknown>({
        method: call.method,
        url: call.url,
        signal: call.signal,
        headers: { ...call.headers },
        ...(call.body === undefined ? {} : { data: call.body }),
      });
    } catch (error) {
      call.signal.throwIfAborted();
      throw this.explained(call, error);
    }
  }

  private decoded(call: HttpCall, answer: AxiosResponse<unknown>): HttpAnswer {
    const { status, headers, data } = answer;
    const text = typeof data === 'string' ? data : '';
    try {
      return { status, headers, body: text === '' ? undefined : JSON.parse(text) };
    } catch (error) {
      // What refuses a call may do so in HTML; the status says enough then.
      if (status >= 400) return { status, headers, body: undefined };
      const { origin, pathname } = new URL(call.url);
      const why = 'it is not JSON, or was cut off';
      throw new OpenstackAnswerError(origin, pathname, why, status, { cause: error });
    }
  }

  private explained(call: HttpCall, error: unknown): Error {
    const cause = isAxiosError(error) && !isCancel(error) ? (error.cause ?? error) : error;
    if (cause instanceof OpenstackError) return cause;
    const { origin, pathname } = new URL(call.url);
    const reason = certificateReason(cause) ?? certificateReason(error);
    // The cause would carry the request, and with it the credentials.
    if (reason !== undefined) return new OpenstackCertificateError(origin, reason);
    const why = error instanceof Error ? error.message : String(error);
    return why.startsWith('maxContentLength')
      ? new OpenstackAnswerError(origin, pathname, why)
      : new OpenstackUnreachableError(origin, why === '' ? 'no connection' : why);
  }
}
