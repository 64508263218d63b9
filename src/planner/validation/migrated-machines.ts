import { z } from 'zod';
import { defineQuery, type Graph } from '../../graph/index.js';
import type { MigratedCopy } from './context.js';

const copy = z.object({
  target: z.string(),
  machine: z.string(),
  run: z.string().nullable(),
  planName: z.string().nullable(),
});

export const migratedMachinesQuery = defineQuery({
  file: 'plan/migrated-machines',
  params: z.object({ plan: z.string(), label: z.string(), entities: z.array(z.string()) }),
  row: copy.extend({ entity: z.string(), endedAt: z.string().nullable() }),
});

/** Copies of the machines that others than the plan have made, those of known runs first. */
export async function migratedMachines(
  graph: Graph,
  which: { readonly plan: string; readonly label: string; readonly entities: string[] },
): Promise<ReadonlyMap<string, readonly MigratedCopy[]>> {
  const rows = await graph.read(migratedMachinesQuery, which);
  const copies = new Map<string, MigratedCopy[]>();
  for (const { entity, target, machine, run, planName } of rows) {
    const known = copies.get(entity) ?? [];
    const recorded = known.some((one) => one.target === target && one.machine === machine);
    if (!recorded) copies.set(entity, [...known, { target, machine, run, planName }]);
  }
  return copies;
}
