import { z } from 'zod';
import type { CollectorPage } from '../contract.js';
import { countsOf } from './estate/read-estate.js';
import { partCount } from './estate/stage.js';
import type { RvtoolsSession } from './session.js';

const pageSize = 200;

/** The next object: its part, and its place in the part. */
const cursorForm = z.object({ part: z.int().min(0), place: z.int().min(0) });
export type RvtoolsCursor = z.output<typeof cursorForm>;

/** Objects of an export in an order that depends on the export alone, so that a cursor holds. */
export async function nextPage(
  session: RvtoolsSession,
  cursor: RvtoolsCursor | undefined,
  signal: AbortSignal,
): Promise<CollectorPage<RvtoolsCursor>> {
  signal.throwIfAborted();
  const estate = await session.read(signal);
  const start = cursor === undefined ? { part: 0, place: 0 } : cursorForm.parse(cursor);
  let { part, place } = start;
  for (; part < partCount; part += 1, place = 0) {
    const objects = session.objects(estate, part).slice(place, place + pageSize);
    if (objects.length === 0) continue;
    return {
      type: 'page',
      objects,
      omissions: cursor === undefined ? estate.omissions.all : [],
      cursor: { part, place: place + objects.length },
    };
  }
  return { type: 'done', proof: { counts: countsOf(estate), since: '' } };
}
