import { z } from 'zod';
import { defineQuery, type Query } from '../../graph/index.js';

const cell = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string(), z.number()])),
]);

const params = { source: z.string().nullable() };
const row = { cells: z.array(cell) };

/** A report with a fixed query: one row a line, in an order that never changes. */
export interface StandardReport {
  readonly name: string;
  readonly doc: string;
  readonly columns: readonly string[];
  readonly query: Query<typeof params, typeof row>;
}

/** Declares a report whose query is `cypher/report/<name>.cypher` and gives `cells` in column order. */
export const defineReport = (
  name: string,
  doc: string,
  columns: readonly string[],
): StandardReport => ({
  name,
  doc,
  columns,
  query: defineQuery({
    file: `report/${name}`,
    params: z.object(params),
    row: z.object(row),
  }),
});
