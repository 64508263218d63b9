import type { Graph } from '../query/graph.js';

/** A change of what is stored. Has to be safe to repeat: a crash may leave it half done. */
export interface SchemaMigration {
  /** Grows by one from migration to migration and is never reused. */
  readonly version: number;
  readonly name: string;
  readonly apply: (graph: Graph) => Promise<void>;
}

/**
 * All migrations in order. Constraints and indexes need none: they are compared with the model at
 * every start. The first one only marks a graph as ours.
 */
export const schemaMigrations: readonly SchemaMigration[] = [
  { version: 1, name: 'inventory, sources and syncs', apply: () => Promise.resolve() },
];
