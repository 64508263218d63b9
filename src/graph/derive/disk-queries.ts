import { z } from 'zod';
import { defineQuery } from '../query/define-query.js';

const diskFile = z.object({
  id: z.string(),
  file: z.string(),
  machine: z.string(),
  shared: z.boolean(),
});

export const diskFiles = defineQuery({
  file: 'disk/files',
  params: z.object({ source: z.string() }),
  row: diskFile,
});

export const diskFilesBelow = defineQuery({
  file: 'disk/files-below',
  params: z.object({ source: z.string(), prefixes: z.array(z.string()) }),
  row: diskFile,
});

export const diskFilesTouched = defineQuery({
  file: 'disk/files-touched',
  params: z.object({ source: z.string(), sync: z.int() }),
  row: z.object({ file: z.string().nullable(), changes: z.array(z.string()) }),
});

export const diskFilesOf = defineQuery({
  file: 'disk/files-of',
  params: z.object({ ids: z.array(z.string()), sync: z.int() }),
  row: z.object({ file: z.string().nullable(), changes: z.array(z.string()) }),
});

export const setDiskShared = defineQuery({
  file: 'disk/set-shared',
  params: z.object({
    sync: z.int(),
    batch: z.int(),
    at: z.string(),
    /** `fields` is what a Change says of the disk, as JSON. */
    rows: z.array(z.object({ id: z.string(), shared: z.boolean(), fields: z.string() })),
  }),
  row: z.object({ machine: z.string() }),
  idempotent: true,
});
