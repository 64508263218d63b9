import type { z } from 'zod';

/**
 * A fixed query: the text stands in `cypher/<file>.cypher`, the types here. One test walks the
 * folder and holds every file to exactly one definition, its `$names` to the keys of `params`, its
 * columns to the keys of `row`, and the text to what a real Neo4j accepts.
 */
export interface Query<Params extends z.ZodRawShape, Row extends z.ZodRawShape> {
  /** Path below cypher/ without the ending, for instance `virtual-machine/on-datastore`. */
  readonly file: string;
  readonly params: z.ZodObject<Params>;
  readonly row: z.ZodObject<Row>;
  /**
   * True only where running it twice leaves the graph as running it once does; then a lost
   * answer is retried. Reads are always retried.
   */
  readonly idempotent: boolean;
}

export type ParamsOf<Q> = Q extends { readonly params: infer P extends z.ZodType }
  ? z.input<P>
  : never;
export type RowOf<Q> = Q extends { readonly row: infer R extends z.ZodType } ? z.output<R> : never;

export type AnyQuery = Query<z.ZodRawShape, z.ZodRawShape>;

const declared: AnyQuery[] = [];

/** Every query that the modules loaded so far declare, so that a check can miss none. */
export const declaredQueries = (): readonly AnyQuery[] => declared;

/** Declares a fixed query. Writes that are safe to repeat say so with `idempotent: true`. */
export function defineQuery<P extends z.ZodRawShape, R extends z.ZodRawShape>(definition: {
  readonly file: string;
  readonly params: z.ZodObject<P>;
  readonly row: z.ZodObject<R>;
  readonly idempotent?: boolean;
}): Query<P, R> {
  const query: Query<P, R> = { idempotent: false, ...definition };
  declared.push(query);
  return query;
}
