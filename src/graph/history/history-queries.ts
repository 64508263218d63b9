import { z } from 'zod';
import { defineQuery } from '../query/define-query.js';

export const touchedSince = defineQuery({
  file: 'change/touched-since',
  params: z.object({
    source: z.string(),
    from: z.int(),
    to: z.int(),
    after: z.string(),
    limit: z.int(),
  }),
  row: z.object({
    id: z.string(),
    kind: z.string(),
    name: z.string(),
    addedIn: z.int(),
    changes: z.array(
      z.object({ type: z.enum(['added', 'changed', 'removed']), fields: z.string() }),
    ),
  }),
});
