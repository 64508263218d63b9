import { once } from 'node:events';
import { z } from 'zod';
import {
  SourceKind,
  type ChangeBurst,
  type Collector,
  type CollectorPage,
} from '../collectors/contract.js';
import { kindOf } from '../collectors/vsphere/kind-of-type.js';
import { mapObject } from '../collectors/vsphere/map/map-object.js';
import type { VsphereRawObject } from '../collectors/vsphere/raw.js';
import { technicalFields } from '../collectors/vsphere/technical-fields.js';
import type { EntityKind } from '../graph/model/index.js';
import { demoEstate } from './demo-estate.js';

/** Objects of a page; a page of machines is about 2 MB. */
const pageSize = 200;

export const demoConfiguration = z.strictObject({
  machines: z.int().min(1).max(1_000_000).default(2000).describe('Virtual machines of the estate.'),
  seed: z.int().default(1).describe('The same seed gives the same estate.'),
});
export type DemoConfiguration = z.output<typeof demoConfiguration>;

interface DemoSession {
  readonly objects: Generator<VsphereRawObject>;
  readonly counts: Map<EntityKind, number>;
  /** Objects given so far. */
  place: number;
}

function take(session: DemoSession, most: number): VsphereRawObject[] {
  const taken: VsphereRawObject[] = [];
  while (taken.length < most) {
    const next = session.objects.next();
    if (next.done === true) break;
    const kind = kindOf(next.value);
    if (kind !== undefined) session.counts.set(kind, (session.counts.get(kind) ?? 0) + 1);
    taken.push(next.value);
  }
  session.place += taken.length;
  return taken;
}

/**
 * The demo estate in place of a vCenter: what it gives is mapped by the vSphere collector's own
 * code, so that a demo, a test and a recorded bundle go one way.
 */
export const demoCollector: Collector<DemoConfiguration, DemoSession, number> = {
  kind: SourceKind.vsphere,
  configuration: demoConfiguration,
  secrets: [],
  technicalFields,
  verify: () => Promise.resolve({ ok: true, product: 'Demo estate', version: '1', findings: [] }),
  around: (configuration, burst) =>
    burst({ objects: demoEstate(configuration), counts: new Map(), place: 0 }),
  async next(session, cursor, signal): Promise<CollectorPage<number>> {
    signal.throwIfAborted();
    // A read that goes on after an interruption makes what it had again, and gives the rest.
    while (session.place < (cursor ?? 0)) take(session, (cursor ?? 0) - session.place);
    const objects = take(session, pageSize);
    if (objects.length > 0) {
      return Promise.resolve({ type: 'page', objects, omissions: [], cursor: session.place });
    }
    const counts = Object.fromEntries(session.counts);
    return Promise.resolve({ type: 'done', proof: { counts, since: '' } });
  },
  /** The estate does not change. */
  async *watch(_session, _since, signal): AsyncGenerator<ChangeBurst> {
    if (!signal.aborted) await once(signal, 'abort');
    yield* [];
  },
  map: mapObject,
};
