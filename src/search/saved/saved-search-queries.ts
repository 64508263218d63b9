import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';

const row = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  text: z.string(),
  tree: z.string(),
  version: z.number().int(),
  kind: z.string(),
  createdAt: z.string(),
  createdBy: z.string(),
  changedAt: z.string(),
  changedBy: z.string(),
});

export type SavedSearchRow = z.output<typeof row>;

export const saveSearchQuery = defineQuery({
  file: 'saved-search/save',
  params: z.object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    text: z.string(),
    tree: z.string(),
    version: z.number().int(),
    kind: z.string(),
    at: z.string(),
    by: z.string(),
  }),
  row: z.object({ id: z.string() }),
  idempotent: true,
});

export const listSavedSearchesQuery = defineQuery({
  file: 'saved-search/list',
  params: z.object({ after: z.string(), limit: z.number().int() }),
  row,
});

export const findSavedSearchQuery = defineQuery({
  file: 'saved-search/find',
  params: z.object({ id: z.string() }),
  row,
});

export const removeSavedSearchQuery = defineQuery({
  file: 'saved-search/remove',
  params: z.object({ id: z.string() }),
  row: z.object({ id: z.string() }),
  idempotent: true,
});
