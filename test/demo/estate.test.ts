import { beforeAll, describe, expect, it } from 'vitest';
import { mapObject } from '../../src/collectors/vsphere/map/map-object.js';
import type { VsphereRawObject } from '../../src/collectors/vsphere/raw.js';
import { demoCollector, demoEstate } from '../../src/demo/index.js';

const estate = (machines: number, seed = 1): VsphereRawObject[] => [
  ...demoEstate({ machines, seed }),
];

const isMachine = ({ type, body }: VsphereRawObject): boolean =>
  type === 'VirtualMachine' && body['config.template'] !== true;

/** Every managed object reference anywhere in a value. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  const { type, value: id } = value as { readonly type?: unknown; readonly value?: unknown };
  if (typeof type === 'string' && typeof id === 'string') return [`${type}:${id}`];
  return Object.values(value).flatMap(referencesIn);
}

describe('the demo estate', () => {
  let small: VsphereRawObject[];

  beforeAll(() => {
    small = estate(200);
  });

  it('is the same for the same seed and another for another', () => {
    expect(estate(200)).toEqual(small);
    expect(estate(200, 2)).not.toEqual(small);
  });

  it('has as many machines as were asked for', () => {
    expect(small.filter(isMachine)).toHaveLength(200);
    expect(estate(731).filter(isMachine)).toHaveLength(731);
  });

  it('survives JSON unchanged', () => {
    expect(JSON.parse(JSON.stringify(small))).toEqual(small);
  });

  it('gives each id once', () => {
    const ids = small.map(({ type, externalId }) => `${type}:${externalId}`);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('points at nothing that is not there, snapshots apart, which are no objects of an inventory', () => {
    const ids = new Set(small.map(({ type, externalId }) => `${type}:${externalId}`));
    const lost = small
      .flatMap(({ body }) => referencesIn(body))
      .filter((reference) => !reference.startsWith('VirtualMachineSnapshot:'))
      .filter((reference) => !ids.has(reference));
    expect(lost).toEqual([]);
  });

  it('is understood by the collector without a remark, orphaned machines apart', () => {
    const omissions = small.flatMap((object) => mapObject(object).omissions);
    expect(new Set(omissions.map(({ what }) => what))).toEqual(new Set(['config']));
  });

  it('has names that are duplicate, long, of other scripts, and with characters of paths', () => {
    const names = small.filter(isMachine).map(({ body }) => String(body.name));
    expect(names.filter((name) => name === 'appliance').length).toBeGreaterThan(1);
    expect(names.some((name) => name.length === 80)).toBe(true);
    expect(names.some((name) => name.includes('%2f'))).toBe(true);
    expect(names.some((name) => /\p{Script=Han}/u.test(name))).toBe(true);
  });

  it('refuses a size that makes no sense', () => {
    expect(() => estate(0)).toThrow(/0 machines/);
    expect(() => estate(2.5)).toThrow(RangeError);
  });

  it('keeps ids of machines when it grows, so that two sizes can be compared', () => {
    const ids = (objects: readonly VsphereRawObject[]) =>
      objects.filter(isMachine).map(({ externalId }) => externalId);
    expect(ids(estate(300)).slice(0, 200)).toEqual(ids(small));
  });
});

describe('the collector of the demo estate', () => {
  const signal = new AbortController().signal;
  const configuration = demoCollector.configuration.parse({ machines: 250 });

  async function readFrom(cursor: number | undefined): Promise<string[]> {
    return await demoCollector.around(
      configuration,
      async (session) => {
        const ids: string[] = [];
        let page = await demoCollector.next(session, cursor, signal);
        while (page.type === 'page') {
          ids.push(...page.objects.map(({ externalId }) => externalId));
          page = await demoCollector.next(session, page.cursor, signal);
        }
        expect(page.proof.counts.VirtualMachine).toBe(250);
        return ids;
      },
      signal,
    );
  }

  it('goes on after an interruption with what is left, and still proves that it saw all', async () => {
    const whole = await readFrom(undefined);
    expect(await readFrom(200)).toEqual(whole.slice(200));
  });
});
