import { z } from 'zod';
import type { CommandContext } from '../command-context.js';

const sync = z.object({
  number: z.number(),
  mode: z.string(),
  status: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  omissionCount: z.number().nullable(),
  held: z.string().nullable(),
  error: z.string().nullable(),
  counts: z.array(
    z.object({
      kind: z.string(),
      seen: z.number(),
      added: z.number(),
      changed: z.number(),
      removed: z.number(),
    }),
  ),
});
/** One read of a source, as the API tells of it. */
export type Sync = z.output<typeof sync>;

/** The last reads of a source, newest first. */
export const readSyncs = async (
  { api }: CommandContext,
  source: string,
  first: number,
): Promise<readonly Sync[]> => {
  const { syncs } = await api.query(
    `query syncs($source: ID!, $first: Int!) {
      syncs(source: $source, first: $first) {
        number mode status startedAt endedAt omissionCount held error
        counts { kind seen added changed removed }
      }
    }`,
    { source, first },
    z.object({ syncs: z.array(sync) }),
  );
  return syncs;
};
