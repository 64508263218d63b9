import type { z } from 'zod';
import type { Query } from './define-query.js';

/** Cypher made in code: only by the graph's builder and by the search and selection compilers. */
export interface CompiledCypher {
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** A write that leaves the same graph when it runs twice: then a lost answer is retried. */
  readonly idempotent?: boolean;
}

export interface RunOptions {
  /** Stops the query on the server too. */
  readonly signal?: AbortSignal;
  /** Time limit in milliseconds, enforced by the server. */
  readonly timeoutMs?: number;
}

/** Queries that run in one transaction: all of them take effect, or none. */
export interface GraphTransaction {
  run<P extends z.ZodRawShape, R extends z.ZodRawShape>(
    query: Query<P, R>,
    params: z.input<z.ZodObject<P>>,
  ): Promise<z.output<z.ZodObject<R>>[]>;
  runCompiled(cypher: CompiledCypher): Promise<Record<string, unknown>[]>;
}

/**
 * The one way to the database. Integers come back as JavaScript numbers, dates as ISO 8601 texts,
 * nodes and relationships never as driver objects: queries return maps of their properties.
 * Integers in parameters have to be declared: a fixed query's zod `int()` is sent as an integer, in
 * compiled Cypher `integerParameter()` makes one.
 */
export interface Graph {
  read<P extends z.ZodRawShape, R extends z.ZodRawShape>(
    query: Query<P, R>,
    params: z.input<z.ZodObject<P>>,
    options?: RunOptions,
  ): Promise<z.output<z.ZodObject<R>>[]>;

  /**
   * Runs in its own transaction. Retried where the server says that it undid it; after a lost
   * connection only where the query is idempotent.
   */
  write<P extends z.ZodRawShape, R extends z.ZodRawShape>(
    query: Query<P, R>,
    params: z.input<z.ZodObject<P>>,
    options?: RunOptions,
  ): Promise<z.output<z.ZodObject<R>>[]>;

  /** Rows as they arrive, with back-pressure; leaving the loop ends the query on the server. */
  stream<P extends z.ZodRawShape, R extends z.ZodRawShape>(
    query: Query<P, R>,
    params: z.input<z.ZodObject<P>>,
    options?: RunOptions,
  ): AsyncIterable<z.output<z.ZodObject<R>>>;

  readCompiled(cypher: CompiledCypher, options?: RunOptions): Promise<Record<string, unknown>[]>;
  writeCompiled(cypher: CompiledCypher, options?: RunOptions): Promise<Record<string, unknown>[]>;
  streamCompiled(
    cypher: CompiledCypher,
    options?: RunOptions,
  ): AsyncIterable<Record<string, unknown>>;

  /** Several queries in one write transaction. `work` may run again, so it must not act outside. */
  transaction<T>(work: (tx: GraphTransaction) => Promise<T>, options?: RunOptions): Promise<T>;

  /**
   * The same database for work that has to be quick: its queries, and the locks that they hold, end
   * after so many milliseconds where they set no limit themselves. Closed with this one.
   */
  within(timeoutMs: number): Graph;

  /** Number of queries sent so far, so that a test can hold a request to one. */
  readonly sentQueries: number;

  close(): Promise<void>;
}
