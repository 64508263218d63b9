import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { ClusterAccess } from './access/access.js';
import { Connections, type Purpose } from './connections.js';
import type { KubernetesError } from './errors.js';
import { FailureReason, failedFor, type KubernetesCall } from './errors.js';
import { connectionFailure, malformed, parseStatus, refusal } from './failure.js';

export interface Call extends KubernetesCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
  /** True where sending it twice leaves the cluster as sending it once does. */
  readonly repeatable: boolean;
}

export interface Answer {
  readonly body: unknown;
  /** The server's clock when it answered, where it says. */
  readonly date: Date | undefined;
}

export interface Transport {
  /** Sends a call and reads the JSON answer. Waits and repeats as the server asks. */
  send(call: Call): Promise<Answer>;
  /** Sends a call and reads the answer as text. */
  sendForText(call: Call): Promise<string>;
  /** Opens a stream; never repeated, for its supervisor knows where to go on. */
  open(call: Call): Promise<Dispatcher.ResponseData['body']>;
  /** Calls sent so far, repeats included. */
  readonly sentCalls: number;
  close(): Promise<void>;
}

const answerTimeoutMs = 60_000;
const attempts = 6;
const longestWaitMs = 30_000;

/** Time until the next attempt: what the server asks, else doubling from 250 ms, with jitter. */
function waitBefore(attempt: number, retryAfterSeconds: number | undefined): number {
  const asked = retryAfterSeconds === undefined ? 250 * 2 ** attempt : retryAfterSeconds * 1000;
  return Math.min(asked, longestWaitMs) * (1 + Math.random() * 0.2);
}

/** Refused calls carry how long the server wants to be left alone. */
class Refused extends Error {
  constructor(
    readonly failure: KubernetesError,
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(failure.message);
  }
}

function pathOf({ path, query }: Call): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

function retryAfter(headers: Dispatcher.ResponseData['headers']): number | undefined {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

/** A refusal is repeated where the server did not begin the work, or where repeating is harmless. */
function mayRepeat(call: Call, error: unknown): boolean {
  const failure = error instanceof Refused ? error.failure : error;
  if (failedFor(failure, FailureReason.tooManyRequests)) return true;
  return (
    call.repeatable &&
    failedFor(failure, FailureReason.unavailable, FailureReason.unreachable, FailureReason.timeout)
  );
}

class HttpTransport implements Transport {
  sentCalls = 0;
  private readonly connections: Connections;
  private readonly prefix: string;
  private readonly origin: string;

  constructor(private readonly access: ClusterAccess) {
    const { pathname, origin } = new URL(access.server);
    this.prefix = pathname.replace(/\/+$/u, '');
    this.origin = origin;
    this.connections = new Connections(access, answerTimeoutMs);
  }

  async send(call: Call): Promise<Answer> {
    const { text, date } = await this.repeating(call, answerTimeoutMs);
    if (text === '') return { body: undefined, date };
    try {
      return { body: JSON.parse(text) as unknown, date };
    } catch {
      throw malformed(call, `the answer is not JSON: ${text.slice(0, 120)}`);
    }
  }

  async sendForText(call: Call): Promise<string> {
    return (await this.repeating(call, answerTimeoutMs)).text;
  }

  async open(call: Call): Promise<Dispatcher.ResponseData['body']> {
    const response = await this.dispatch('streams', call, call.signal);
    if (response.statusCode < 300) return response.body;
    throw (await this.refused(call, response)).failure;
  }

  async close(): Promise<void> {
    await this.connections.close();
  }

  private async repeating(
    call: Call,
    timeoutMs: number,
  ): Promise<{ text: string; date: Date | undefined }> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.once(call, timeoutMs);
      } catch (error) {
        call.signal?.throwIfAborted();
        const failure = error instanceof Refused ? error.failure : error;
        if (attempt + 1 >= attempts || !mayRepeat(call, error)) throw failure;
        const asked = error instanceof Refused ? error.retryAfterSeconds : undefined;
        await sleep(waitBefore(attempt, asked), undefined, { signal: call.signal });
      }
    }
  }

  private async once(
    call: Call,
    timeoutMs: number,
  ): Promise<{ text: string; date: Date | undefined }> {
    const limit = AbortSignal.timeout(timeoutMs);
    const signal = call.signal === undefined ? limit : AbortSignal.any([call.signal, limit]);
    const response = await this.dispatch('requests', call, signal);
    if (response.statusCode >= 300) throw await this.refused(call, response);
    const { date } = response.headers;
    try {
      const text = await response.body.text();
      return { text, date: typeof date === 'string' ? new Date(date) : undefined };
    } catch (error) {
      throw connectionFailure(call, error);
    }
  }

  /** Sends once; where the server no longer accepts the credentials, once more with new ones. */
  private async dispatch(
    purpose: Purpose,
    call: Call,
    signal: AbortSignal | undefined,
  ): Promise<Dispatcher.ResponseData> {
    const response = await this.sendOnce(purpose, call, signal);
    if (response.statusCode !== 401) return response;
    await response.body.dump();
    await this.access.renew();
    return this.sendOnce(purpose, call, signal);
  }

  private async sendOnce(
    purpose: Purpose,
    call: Call,
    signal: AbortSignal | undefined,
  ): Promise<Dispatcher.ResponseData> {
    const credentials = await this.access.credentials();
    this.sentCalls += 1;
    try {
      return await this.connections.to(purpose, credentials).request({
        origin: this.origin,
        path: this.prefix + pathOf(call),
        method: call.method,
        headers: {
          accept: call.accept ?? 'application/json',
          'user-agent': 'opal',
          ...(call.body === undefined
            ? {}
            : { 'content-type': call.contentType ?? 'application/json' }),
          ...credentials.headers,
        },
        body: call.body === undefined ? null : JSON.stringify(call.body),
        signal: signal ?? null,
      });
    } catch (error) {
      call.signal?.throwIfAborted();
      throw connectionFailure(call, error);
    }
  }

  private async refused(call: Call, response: Dispatcher.ResponseData): Promise<Refused> {
    const status = parseStatus(await response.body.text().catch(() => ''));
    return new Refused(
      refusal(call, response.statusCode, status),
      retryAfter(response.headers) ?? status.retryAfterSeconds,
    );
  }
}

/** Opens connections when the first call needs one. */
export const openTransport = (access: ClusterAccess): Transport => new HttpTransport(access);
