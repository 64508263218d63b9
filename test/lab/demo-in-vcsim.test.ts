import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawObject } from '../../src/collectors/contract.js';
import { demoEstate } from '../../src/demo/index.js';
import { configurationOf, govc, readWhole, recordsOf } from '../collectors/vsphere/whole-read.js';
import { startVcsim, type Vcsim } from './vcsim.js';

const machines = 200;
let vcsim: Vcsim;
let read: readonly RawObject[];

beforeAll(async () => {
  vcsim = await startVcsim({ demo: { machines } });
  ({ objects: read } = await readWhole(configurationOf(vcsim)));
});

afterAll(async () => {
  await vcsim.stop();
});

/** Properties that the simulator sets itself: it keeps datastores in folders of its own. */
const ownOfSimulator = new Set(['url', 'overallStatus']);

/** Go's encoding leaves out zeros and empty texts where the schema lets it. */
const isTold = (value: unknown): boolean => value !== undefined && value !== 0 && value !== '';

/** The simulator gives a machine without configuration an empty one, and tags ids of its own. */
const isComparable = ({ type, body }: RawObject): boolean =>
  type !== 'Tag' && body['runtime.connectionState'] !== 'orphaned';

function comparable(objects: readonly RawObject[]): Map<string, unknown> {
  const records = recordsOf(objects.filter(isComparable));
  return new Map(
    [...records].map(([id, { name, properties, edges }]) => {
      const { tags, ...others }: Readonly<Record<string, unknown>> = edges;
      const kept = Object.entries(properties).filter(
        ([key, value]) => !ownOfSimulator.has(key) && isTold(value),
      );
      const tagCount = Array.isArray(tags) ? tags.length : 0;
      return [id, { name, tagCount, edges: others, properties: Object.fromEntries(kept) }];
    }),
  );
}

/** Hosts of a saved inventory have no network system that one could ask. */
const withoutNeighbours = (object: RawObject): RawObject => {
  const body = Object.entries(object.body).filter(([key]) => key !== '$networkHints');
  return { ...object, body: Object.fromEntries(body) };
};

/** Unset and absent are one. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

describe('the demo estate in the vCenter simulator', () => {
  it('is read by the collector as it was made', () => {
    const made = comparable([...demoEstate({ machines })].map(withoutNeighbours));
    const seen = comparable(read);
    expect([...seen.keys()].sort()).toEqual([...made.keys()].sort());
    const different = [...made].filter(
      ([id, expected]) => !isDeepStrictEqual(plain(seen.get(id)), plain(expected)),
    );
    // The first shows what is different; thousands would hide it.
    const [first] = different;
    if (first !== undefined) expect(seen.get(first[0])).toEqual(first[1]);
    expect(different).toHaveLength(0);
  });

  it('can be worked with: machines turn off and on, get snapshots, and go', async () => {
    const path = '/DC PAR/vm/production/gis/gis-web-p02';
    await govc(vcsim, 'vm.power', '-on', path).catch(() => '');
    await govc(vcsim, 'vm.power', '-off', path);
    await govc(vcsim, 'snapshot.create', '-dc', 'DC PAR', '-vm', path, 'before');
    expect(await govc(vcsim, 'snapshot.tree', '-dc', 'DC PAR', '-vm', path)).toContain('before');
    await govc(vcsim, 'snapshot.remove', '-dc', 'DC PAR', '-vm', path, 'before');
    await govc(vcsim, 'vm.destroy', path);
    const left = await govc(vcsim, 'find', '/', '-type', 'm');
    expect(left).not.toContain('gis-web-p02');
  });
});
