import { z } from 'zod';
import type { Graph, RunOptions } from '../query/graph.js';
import type { RowOf } from '../query/define-query.js';
import { touchedSince } from './history-queries.js';

/** How one entity differs between two syncs. */
export interface EntityDiff {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly type: 'added' | 'changed' | 'removed';
  /** Field names to values at the two syncs; only for `changed`. */
  readonly fields: Readonly<Record<string, { readonly old: unknown; readonly new: unknown }>>;
}

const storedFields = z.record(z.string(), z.object({ old: z.unknown(), new: z.unknown() }));

const rowsPerQuery = 500;

type Touched = RowOf<typeof touchedSince>;

function composeFields(changes: Touched['changes']): EntityDiff['fields'] {
  const composed = new Map<string, { old: unknown; new: unknown }>();
  for (const { fields } of changes) {
    const parsed = storedFields.parse(JSON.parse(fields));
    for (const [name, { old, new: now }] of Object.entries(parsed)) {
      const first = composed.get(name);
      composed.set(name, { old: first === undefined ? old : first.old, new: now });
    }
  }
  return Object.fromEntries(
    [...composed].filter(([, { old, new: now }]) => JSON.stringify(old) !== JSON.stringify(now)),
  );
}

/** Undefined where the entity is the same at both ends, whatever happened between them. */
function compose(touched: Touched, from: number): EntityDiff | undefined {
  const { id, kind, name, addedIn, changes } = touched;
  const before = addedIn <= from && changes[0]?.type !== 'added';
  const after = changes.at(-1)?.type !== 'removed';
  if (!before && !after) return undefined;
  if (before !== after) return { id, kind, name, type: after ? 'added' : 'removed', fields: {} };
  const fields = composeFields(changes);
  return Object.keys(fields).length === 0 ? undefined : { id, kind, name, type: 'changed', fields };
}

export interface DiffRange {
  readonly source: string;
  /** Numbers of the syncs that are compared: the state after `from` with the state after `to`. */
  readonly from: number;
  readonly to: number;
  /** Id of the last entity of the page before. */
  readonly after?: string;
}

/** What came, changed and went between two syncs of a source, in order of entity ids, page by page. */
export async function* diffSyncs(
  graph: Graph,
  range: DiffRange,
  options: RunOptions = {},
): AsyncGenerator<EntityDiff> {
  const { source, from, to } = range;
  let after = range.after ?? '';
  for (;;) {
    const params = { source, from, to, after, limit: rowsPerQuery };
    const rows = await graph.read(touchedSince, params, options);
    for (const row of rows) {
      const diff = compose(row, from);
      if (diff !== undefined) yield diff;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerQuery) return;
    after = last.id;
  }
}
