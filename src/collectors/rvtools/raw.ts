import { z } from 'zod';
import { sheetNames, type SheetName } from './sheets.js';

const cell = z.union([z.string(), z.number(), z.boolean()]);
const rows = z.array(z.record(z.string(), cell));

/** Rows of one object as the export has them, and what is to be known to read them. */
export const rawBody = z.object({
  rows: z.partialRecord(z.enum(['made', ...sheetNames]), rows),
  /** Sheets that the export has: what a missing one would say is unknown, and not none. */
  sheets: z.array(z.enum(sheetNames)),
  dates: z.object({
    order: z.enum(['dayFirst', 'monthFirst']).optional(),
    from1904: z.boolean(),
  }),
  /** The name is what an anonymised export calls every machine. */
  nameless: z.boolean().optional(),
});
export type RawBody = z.output<typeof rawBody>;
export type RowSource = SheetName | 'made';
