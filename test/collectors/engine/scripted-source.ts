import { z } from 'zod';
import type { AnyCollector } from '../../../src/collectors/any-collector.js';
import {
  SourceKind,
  type ChangeBurst,
  type CollectorChange,
  type CollectorPage,
  type MappedObject,
  type RawObject,
} from '../../../src/collectors/contract.js';
import { OpalError } from '../../../src/errors/opal-error.js';
import type { AnyRecord, EntityKind } from '../../../src/graph/index.js';

/** What the scripted source holds: the records themselves, parts after their owner. */
export interface ScriptedObject {
  readonly records: readonly AnyRecord[];
  readonly owned?: readonly EntityKind[];
}

export class ScriptedFailure extends OpalError {
  constructor(retryable: boolean) {
    super({
      code: 'scripted.failure',
      what: 'The scripted source failed',
      subject: 'scripted',
      why: 'the test asked for it',
      remedy: 'None',
      retryable,
    });
  }
}

type Cursor = number;

/**
 * A stand-in for a source, for tests of the engine: it serves records that a test puts into it, in
 * pages, and fails where a test says so.
 */
export class ScriptedSource implements AnyCollector {
  readonly kind = SourceKind.vsphere;
  readonly configuration = z.object({});
  secrets: readonly string[] = [];
  pageSize = 7;
  sessions = 0;
  openSessions = 0;
  /** Called before each page; may throw or wait. */
  beforePage: (page: number) => void | Promise<void> = () => undefined;
  /** Kinds that the proof leaves out, and counts that it gets wrong. */
  readonly unproven = new Set<EntityKind>();
  readonly miscounted = new Map<EntityKind, number>();
  private readonly objects = new Map<string, ScriptedObject>();
  private readonly queue: (ChangeBurst | Error)[] = [];
  private wake: (() => void) | undefined;

  put(...objects: readonly ScriptedObject[]): void {
    for (const object of objects) this.objects.set(keyOf(object), object);
  }

  drop(kind: EntityKind, externalId: string): void {
    this.objects.delete(`${kind} ${externalId}`);
  }

  /** Announces to a watcher what a test changed. */
  announce(...changes: readonly CollectorChange[]): void {
    this.queue.push({ changes, since: String(this.queue.length) });
    this.wake?.();
  }

  loseStream(): void {
    this.queue.push(new ScriptedFailure(true));
    this.wake?.();
  }

  verify(): Promise<{ ok: boolean; findings: [] }> {
    return Promise.resolve({ ok: true, findings: [] });
  }

  async around<T>(_configuration: unknown, burst: (session: unknown) => Promise<T>): Promise<T> {
    this.sessions += 1;
    this.openSessions += 1;
    try {
      return await burst({});
    } finally {
      this.openSessions -= 1;
    }
  }

  async next(
    _session: unknown,
    cursor: unknown,
    signal: AbortSignal,
  ): Promise<CollectorPage<unknown>> {
    signal.throwIfAborted();
    const start: Cursor = typeof cursor === 'number' ? cursor : 0;
    await this.beforePage(start / this.pageSize);
    const all = [...this.objects.values()];
    const page = all.slice(start, start + this.pageSize).map(rawObject);
    if (page.length === 0) return { type: 'done', proof: this.proof() };
    const end = start + page.length;
    return {
      type: 'page',
      objects: page,
      omissions: [],
      cursor: start + this.pageSize,
      remaining: all.length - end,
    };
  }

  async *watch(_session: unknown, _since: string, signal: AbortSignal): AsyncIterable<ChangeBurst> {
    for (;;) {
      signal.throwIfAborted();
      const next = this.queue.shift();
      if (next instanceof Error) throw next;
      if (next !== undefined) {
        yield next;
        continue;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        signal.addEventListener(
          'abort',
          () => {
            resolve();
          },
          { once: true },
        );
      });
    }
  }

  map(object: RawObject): MappedObject {
    // The stand-in's own raw objects hold nothing else.
    const { records, owned } = object.body as unknown as ScriptedObject;
    return { records, owned: owned ?? [], omissions: [] };
  }

  private proof(): Extract<CollectorPage<unknown>, { type: 'done' }>['proof'] {
    const ids = new Map<EntityKind, Set<string>>();
    for (const { records } of this.objects.values()) {
      for (const { kind, externalId } of records) {
        const known = ids.get(kind) ?? new Set();
        ids.set(kind, known.add(externalId));
      }
    }
    // Kinds that are gone altogether are proven to be gone.
    for (const kind of ['VirtualMachine', 'Host', 'Datastore', 'Template'] as const) {
      if (!ids.has(kind)) ids.set(kind, new Set());
    }
    const counts = [...ids]
      .filter(([kind]) => !this.unproven.has(kind))
      .map(([kind, { size }]) => [kind, this.miscounted.get(kind) ?? size] as const);
    return { counts: Object.fromEntries(counts), since: 'now' };
  }
}

const keyOf = ({ records }: ScriptedObject): string =>
  `${records[0]?.kind ?? ''} ${records[0]?.externalId ?? ''}`;

/** The raw object as a page or a change brings it. */
export function rawObject(object: ScriptedObject): RawObject {
  const first = object.records[0];
  const type = first?.kind === 'Template' ? 'VirtualMachine' : (first?.kind ?? 'Nothing');
  return { type, externalId: first?.externalId ?? '', body: { ...object } };
}

export const changed = (object: ScriptedObject): CollectorChange => ({
  type: 'changed',
  object: rawObject(object),
});
