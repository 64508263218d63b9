import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AnyCollector } from '../../../src/collectors/any-collector.js';
import type {
  CollectorPage,
  MappedObject,
  ProofOfCompleteness,
  RawObject,
} from '../../../src/collectors/contract.js';
import {
  entityId,
  isEntityKind,
  kindDefinition,
  type AnyRecord,
} from '../../../src/graph/index.js';
import { prepareRecord } from '../../../src/graph/loader/index.js';

export interface CollectorUnderTest {
  readonly collector: AnyCollector;
  /** As a person would enter it. */
  readonly configuration: unknown;
  /** Open sessions at the source, where the source can tell. */
  readonly openSessions?: () => Promise<number>;
  readonly close?: () => Promise<void>;
}

interface WholeRead {
  readonly pages: Extract<CollectorPage<unknown>, { type: 'page' }>[];
  readonly proof: ProofOfCompleteness;
}

const source = 'conformance';
const never = new AbortController().signal;
const mostPages = 10_000;

async function readFrom(
  { collector, configuration }: CollectorUnderTest,
  first?: unknown,
): Promise<WholeRead> {
  const parsed: unknown = collector.configuration.parse(configuration);
  return collector.around(
    parsed,
    async (session) => {
      const pages: WholeRead['pages'] = [];
      let cursor = first;
      while (pages.length < mostPages) {
        const page = await collector.next(session, cursor, never);
        if (page.type === 'done') return { pages, proof: page.proof };
        pages.push(page);
        cursor = page.cursor;
      }
      throw new Error(`no end after ${mostPages} pages`);
    },
    never,
  );
}

const objectsOf = ({ pages }: WholeRead): RawObject[] => pages.flatMap(({ objects }) => objects);

function mapAll(collector: AnyCollector, objects: readonly RawObject[]): MappedObject[] {
  const memory = new Map<string, unknown>();
  return objects.map((object) => collector.map(object, { sourceId: source, memory }));
}

const recordsOf = (mapped: readonly MappedObject[]): AnyRecord[] =>
  mapped.flatMap(({ records }) => records);

const idOf = ({ kind, externalId }: AnyRecord): string => entityId(source, kind, externalId);

/**
 * What every collector has to do for the engine to rely on it. Needs a source that holds still
 * while the suite runs and has at least one object.
 */
export function collectorConformance(
  name: string,
  factory: () => Promise<CollectorUnderTest>,
): void {
  describe(`${name} as a collector`, () => {
    let tested: CollectorUnderTest;
    let read: WholeRead;
    let mapped: MappedObject[];

    beforeAll(async () => {
      tested = await factory();
      read = await readFrom(tested);
      mapped = mapAll(tested.collector, objectsOf(read));
    });

    afterAll(async () => {
      await tested.close?.();
    });

    it('reads at least one object and ends with a proof', () => {
      expect(objectsOf(read).length).toBeGreaterThan(0);
      expect(read.proof.since).toEqual(expect.any(String));
      expect(Object.keys(read.proof.counts).length).toBeGreaterThan(0);
    });

    it('gives objects that JSON holds without loss', () => {
      for (const object of objectsOf(read)) {
        expect(JSON.parse(JSON.stringify(object))).toEqual(object);
      }
    });

    it('maps the same objects to the same records, also after a way through JSON', () => {
      const copies = objectsOf(read).map(
        (object) => JSON.parse(JSON.stringify(object)) as RawObject,
      );
      expect(mapAll(tested.collector, copies)).toEqual(mapped);
    });

    it('gives each object once, under an id of its own', () => {
      const keys = objectsOf(read).map(({ type, externalId }) => `${type} ${externalId}`);
      expect(new Set(keys).size).toBe(keys.length);
    });

    it('gives each part record once', () => {
      const owned = mapped.flatMap(({ records, owned: kinds }) =>
        records.slice(1).filter(({ kind }) => kinds.includes(kind)),
      );
      const ids = owned.map(idOf);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('fills only what the model declares, with values of the declared types', () => {
      const unusable = recordsOf(mapped).flatMap((record) => {
        const declared = kindDefinition(record.kind);
        const unknown = [
          ...Object.keys(record.properties).filter(
            (property) => !(property in declared.properties),
          ),
          ...Object.keys(record.edges).filter((edge) => !(edge in declared.edges)),
        ].map((what) => ({ what, why: 'not declared' }));
        const notes = [...prepareRecord(record, source).unusable, ...unknown];
        return notes.map((note) => ({ id: idOf(record), ...note }));
      });
      expect(unusable).toEqual([]);
    });

    it('gives every record a known kind, an id and a name', () => {
      for (const { kind, externalId, name: label } of recordsOf(mapped)) {
        expect(isEntityKind(kind)).toBe(true);
        expect(externalId).not.toBe('');
        expect(label).toEqual(expect.any(String));
      }
    });

    it('counts in its proof exactly the objects it gave', () => {
      const ids = Map.groupBy(recordsOf(mapped), ({ kind }) => kind);
      const given = Object.fromEntries(
        Object.keys(read.proof.counts).map((kind) => [
          kind,
          isEntityKind(kind) ? new Set((ids.get(kind) ?? []).map(idOf)).size : -1,
        ]),
      );
      expect(given).toEqual(read.proof.counts);
    });

    it('goes on from a cursor in another session', async () => {
      const middle = read.pages[Math.floor((read.pages.length - 1) / 2)];
      const rest = await readFrom(tested, middle?.cursor);
      const before = read.pages.slice(0, Math.floor((read.pages.length - 1) / 2) + 1);
      const all = new Set(
        [...before.flatMap(({ objects }) => objects), ...objectsOf(rest)].map(
          ({ type, externalId }) => `${type} ${externalId}`,
        ),
      );
      expect([...all].sort()).toEqual(
        objectsOf(read)
          .map(({ type, externalId }) => `${type} ${externalId}`)
          .sort(),
      );
      expect(rest.proof.counts).toEqual(read.proof.counts);
    });

    it('stops when its signal says so', async () => {
      const { collector, configuration } = tested;
      const stop = new AbortController();
      const parsed: unknown = collector.configuration.parse(configuration);
      const reading = collector.around(
        parsed,
        async (session) => {
          stop.abort(new Error('stopped by the suite'));
          return collector.next(session, undefined, stop.signal);
        },
        stop.signal,
      );
      await expect(reading).rejects.toThrow();
    });

    it('ends its watch when the signal says so', async () => {
      const { collector, configuration } = tested;
      const stop = new AbortController();
      const parsed: unknown = collector.configuration.parse(configuration);
      const watching = collector.around(
        parsed,
        async (session) => {
          // A watch follows a read in the same session.
          let cursor: unknown;
          let page = await collector.next(session, cursor, never);
          while (page.type === 'page') {
            cursor = page.cursor;
            page = await collector.next(session, cursor, never);
          }
          setTimeout(() => {
            stop.abort(new Error('stopped by the suite'));
          }, 200);
          for await (const burst of collector.watch(session, page.proof.since, stop.signal))
            expect(burst.changes).toBeDefined();
        },
        never,
      );
      const ended = await watching.then(
        () => 'ended',
        () => 'ended',
      );
      expect(ended).toBe('ended');
    });

    it('closes its session when the work in it fails', async () => {
      const { collector, configuration, openSessions } = tested;
      const before = await openSessions?.();
      const parsed: unknown = collector.configuration.parse(configuration);
      const failing = collector.around(
        parsed,
        () => Promise.reject(new Error('work failed')),
        never,
      );
      await expect(failing).rejects.toThrow('work failed');
      expect(await openSessions?.()).toBe(before);
    });

    it('names fields of its configuration as secrets, and no others', () => {
      const { collector } = tested;
      // Of the declaration and not of a value: a secret may be optional.
      const declared = z.toJSONSchema(collector.configuration, {
        io: 'input',
        unrepresentable: 'any',
      });
      const fields = Object.keys(declared.properties ?? {});
      for (const secret of collector.secrets) expect(fields).toContain(secret);
    });
  });
}
