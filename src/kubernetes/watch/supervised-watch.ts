import { setTimeout as sleep } from 'node:timers/promises';
import { FailureReason, KubernetesError, failedFor } from '../errors.js';
import type { KubernetesObject, Resource } from '../kubernetes-object.js';
import { listPages, type Selection } from '../list.js';
import type { Transport } from '../transport.js';
import { checkLevel, readObjects } from './level-check.js';
import { openStream, type StreamEvent } from './stream.js';
import { isNotAfter, keyOf, versionOf, type KnownVersions } from './versions.js';

/** A change that a supervised watch saw, or a place from which another watch can go on. */
export type ObjectChange =
  | { readonly type: 'changed'; readonly object: KubernetesObject }
  | { readonly type: 'removed'; readonly key: string }
  | { readonly type: 'upToDate'; readonly resourceVersion: string };

export interface WatchRequest extends Selection {
  /** Version after which changes are wanted; where left out, every object is given first. */
  readonly since?: string;
  /** Versions seen up to `since`; kept up to date while watching. Read from the cluster if absent. */
  readonly known?: KnownVersions;
  /** Time between two comparisons with the whole list, in milliseconds. @default 60000 */
  readonly levelCheckMs?: number;
  /** A stream without event or bookmark for this long counts as dead. @default 90000 */
  readonly stallMs?: number;
  /** Failing for this long ends the watch with the last error. @default 300000 */
  readonly giveUpMs?: number;
  readonly signal: AbortSignal;
}

const firstBackoffMs = 500;
const longestBackoffMs = 30_000;
const shortestStreamMs = 1000;

/** What ends one stream: its own end, or one of our deadlines. */
type StreamEnd = 'ended' | 'stalled' | 'levelCheckDue';

const lasting = [
  FailureReason.unauthorized,
  FailureReason.forbidden,
  FailureReason.certificate,
  FailureReason.notFound,
] as const;

/**
 * A watch that does not end: it reconnects on errors with growing pauses, starts over from a list
 * on 410, drops a connection that fell silent, and compares with the whole list every minute, so
 * that no change depends on the stream alone.
 */
class SupervisedWatch {
  private readonly known: KnownVersions;
  private place = '';
  /** Every change up to this version is already in `known`. */
  private floor = '';
  private nextCheck: number;
  private failingSince: number | undefined;
  private failures = 0;
  private readonly levelCheckMs: number;
  private readonly stallMs: number;
  private readonly giveUpMs: number;

  constructor(
    private readonly transport: Transport,
    private readonly resource: Resource,
    private readonly request: WatchRequest,
  ) {
    this.known = request.known ?? new Map<string, string>();
    this.levelCheckMs = request.levelCheckMs ?? 60_000;
    this.stallMs = request.stallMs ?? 90_000;
    this.giveUpMs = request.giveUpMs ?? 300_000;
    this.nextCheck = Date.now() + this.levelCheckMs;
  }

  async *changes(): AsyncGenerator<ObjectChange, void, undefined> {
    yield* this.begin();
    while (!this.stopped()) {
      try {
        if (Date.now() >= this.nextCheck) yield* this.compare();
        yield* this.follow();
      } catch (error) {
        if (this.stopped()) return;
        await this.recover(error);
      }
    }
  }

  private async *begin(): AsyncGenerator<ObjectChange, void, undefined> {
    const { since, known, signal } = this.request;
    if (since === undefined) {
      for await (const page of listPages(this.transport, this.resource, this.request)) {
        for (const object of page.objects) yield* this.note(object);
        this.place = page.resourceVersion;
      }
      yield { type: 'upToDate', resourceVersion: this.place };
      return;
    }
    this.place = since;
    if (known !== undefined) return;
    const pages = listPages(this.transport, this.resource, {
      ...this.request,
      metadataOnly: true,
      exactVersion: since,
      signal,
    });
    for await (const page of pages) {
      for (const object of page.objects) this.known.set(keyOf(object), versionOf(object));
    }
  }

  private *note(object: KubernetesObject): Generator<ObjectChange, void, undefined> {
    const key = keyOf(object);
    const version = versionOf(object);
    const seen = this.known.get(key);
    if (seen === version || (seen !== undefined && isNotAfter(version, seen))) return;
    this.known.set(key, version);
    yield { type: 'changed', object };
  }

  private *noteRemoval(key: string): Generator<ObjectChange, void, undefined> {
    if (this.known.delete(key)) yield { type: 'removed', key };
  }

  /** The comparison with the whole list; the stream goes on from the list's version. */
  private async *compare(): AsyncGenerator<ObjectChange, void, undefined> {
    const { signal } = this.request;
    const check = await checkLevel(this.transport, this.resource, this.known, this.request, signal);
    for (const key of check.removed) yield* this.noteRemoval(key);
    const { changed } = check;
    const objects = readObjects(this.transport, this.resource, changed, this.request, signal);
    for await (const object of objects) yield* this.note(object);
    this.place = check.resourceVersion;
    this.floor = check.resourceVersion;
    this.nextCheck = Date.now() + this.levelCheckMs;
    this.succeeded();
    yield { type: 'upToDate', resourceVersion: this.place };
  }

  /** Follows one stream until it ends, stalls, or a comparison is due. */
  private async *follow(): AsyncGenerator<ObjectChange, void, undefined> {
    const opened = Date.now();
    const connection = new AbortController();
    const signal = AbortSignal.any([this.request.signal, connection.signal]);
    const stream = openStream(this.transport, this.resource, {
      ...this.request,
      resourceVersion: this.place,
      signal,
    });
    try {
      for (;;) {
        const event = await this.nextEvent(stream, connection);
        if (event === 'ended') await this.restAfter(opened);
        if (typeof event === 'string') return;
        this.succeeded();
        yield* this.take(event);
      }
    } finally {
      connection.abort();
      // The generator's own end is of no interest once the connection is gone.
      await stream.return().catch(() => undefined);
    }
  }

  private *take(event: StreamEvent): Generator<ObjectChange, void, undefined> {
    if (event.type === 'bookmark') {
      this.place = event.resourceVersion;
      yield { type: 'upToDate', resourceVersion: this.place };
      return;
    }
    const version = versionOf(event.object);
    this.place = version;
    if (isNotAfter(version, this.floor)) return;
    if (event.type === 'removed') yield* this.noteRemoval(keyOf(event.object));
    else yield* this.note(event.object);
  }

  private async nextEvent(
    stream: AsyncGenerator<StreamEvent, void, undefined>,
    connection: AbortController,
  ): Promise<StreamEvent | StreamEnd> {
    const now = Date.now();
    const deadline = Math.min(now + this.stallMs, this.nextCheck);
    const timer = new AbortController();
    const next = stream.next();
    try {
      const result = await Promise.race([
        next,
        sleep(Math.max(0, deadline - now), undefined, { signal: timer.signal }),
      ]);
      if (result !== undefined) return result.done === true ? 'ended' : result.value;
    } finally {
      timer.abort();
    }
    connection.abort();
    await next.catch(() => undefined);
    return Date.now() >= this.nextCheck ? 'levelCheckDue' : 'stalled';
  }

  /** A server that ends every stream at once is not asked again and again without a pause. */
  private async restAfter(opened: number): Promise<void> {
    const rest = opened + shortestStreamMs - Date.now();
    if (rest > 0)
      await sleep(rest, undefined, { signal: this.request.signal }).catch(() => undefined);
  }

  private stopped(): boolean {
    return this.request.signal.aborted;
  }

  private succeeded(): void {
    this.failingSince = undefined;
    this.failures = 0;
  }

  private async recover(error: unknown): Promise<void> {
    if (failedFor(error, ...lasting)) throw error;
    if (failedFor(error, FailureReason.expired)) this.nextCheck = 0;
    else if (!(error instanceof KubernetesError)) throw error;
    const now = Date.now();
    this.failingSince ??= now;
    if (now - this.failingSince >= this.giveUpMs) throw error;
    const pause = Math.min(firstBackoffMs * 2 ** this.failures, longestBackoffMs);
    this.failures += 1;
    await sleep(pause * (1 + Math.random() * 0.2), undefined, {
      signal: this.request.signal,
    }).catch(() => undefined);
  }
}

/**
 * Watches a resource until the signal is aborted, over errors, 410 and silent connections.
 *
 * @throws KubernetesError where the account may not watch, or after `giveUpMs` of failures; and
 * `expired` where `since` is no longer kept and no known versions were given.
 */
export const superviseWatch = (
  transport: Transport,
  resource: Resource,
  request: WatchRequest,
): AsyncGenerator<ObjectChange, void, undefined> =>
  new SupervisedWatch(transport, resource, request).changes();
