import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';

/** Milliseconds since 1970 by the clock of the database server. */
export const serverClock = defineQuery({
  file: 'server/clock',
  params: z.object({}),
  row: z.object({ now: z.number() }),
});
