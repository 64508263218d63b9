import neo4j, { type BookmarkManager, type Driver, type Result, type Session } from 'neo4j-driver';
import type { z } from 'zod';
import type { Query } from '../query/define-query.js';
import type { CompiledCypher, Graph, GraphTransaction, RunOptions } from '../query/graph.js';
import { abortable } from './abortable.js';
import { graphFailure } from './failure.js';
import { compiledStatement, fixedStatement, rowReader, type Statement } from './statement.js';
import { withRetries } from './retry.js';
import { runTransaction } from './transaction.js';
import { plainRow } from './values.js';

type Row = Record<string, unknown>;
type Access = 'read' | 'write';

export interface Connection {
  readonly driver: Driver;
  readonly database: string;
  readonly fetchSize: number;
  /** Time limit where a call gives none, in milliseconds. */
  readonly timeoutMs: number;
  readonly bookmarks: BookmarkManager;
}

/** The database over Bolt. Each call has its own session, so calls may overlap freely. */
export class Neo4jGraph implements Graph {
  private sent = 0;

  constructor(private readonly connection: Connection) {}

  get sentQueries(): number {
    return this.sent;
  }

  async read<P extends z.ZodRawShape, R extends z.ZodRawShape>(
    query: Query<P, R>,
    params: z.input<z.ZodObject<P>>,
    options: RunOptions = {},
  ): Promise<z.output<z.ZodObject<R>>[]> {
    const rows = await this.collect(fixedStatement(query, params), 'read', options);
    return rows.map(rowReader(query));
  }

  async write<P extends z.ZodRawShape, R extends z.ZodRawShape>(
    query: Query<P, R>,
    params: z.input<z.ZodObject<P>>,
    options: RunOptions = {},
  ): Promise<z.output<z.ZodObject<R>>[]> {
    const rows = await this.collect(fixedStatement(query, params), 'write', options);
    return rows.map(rowReader(query));
  }

  async *stream<P extends z.ZodRawShape, R extends z.ZodRawShape>(
    query: Query<P, R>,
    params: z.input<z.ZodObject<P>>,
    options: RunOptions = {},
  ): AsyncIterable<z.output<z.ZodObject<R>>> {
    const read = rowReader(query);
    for await (const row of this.pull(fixedStatement(query, params), options)) yield read(row);
  }

  readCompiled(cypher: CompiledCypher, options: RunOptions = {}): Promise<Row[]> {
    return this.collect(compiledStatement(cypher), 'read', options);
  }

  writeCompiled(cypher: CompiledCypher, options: RunOptions = {}): Promise<Row[]> {
    return this.collect(compiledStatement(cypher), 'write', options);
  }

  streamCompiled(cypher: CompiledCypher, options: RunOptions = {}): AsyncIterable<Row> {
    return this.pull(compiledStatement(cypher), options);
  }

  transaction<T>(work: (tx: GraphTransaction) => Promise<T>, options: RunOptions = {}): Promise<T> {
    return withRetries(
      async () => {
        options.signal?.throwIfAborted();
        const session = this.session('write');
        const count = (): void => {
          this.sent += 1;
        };
        try {
          return await this.until(
            options.signal,
            session,
            runTransaction(session, work, this.settings(options), count),
          );
        } finally {
          await session.close().catch(() => undefined);
        }
      },
      'always',
      options.signal,
    );
  }

  within(timeoutMs: number): Graph {
    return new Neo4jGraph({ ...this.connection, timeoutMs });
  }

  async close(): Promise<void> {
    await this.connection.driver.close();
  }

  private session(access: Access): Session {
    const { driver, database, fetchSize, bookmarks } = this.connection;
    return driver.session({
      database,
      fetchSize,
      bookmarkManager: bookmarks,
      defaultAccessMode: access === 'read' ? neo4j.session.READ : neo4j.session.WRITE,
    });
  }

  private settings({ timeoutMs }: RunOptions): { timeout: number } {
    return { timeout: timeoutMs ?? this.connection.timeoutMs };
  }

  private send(session: Session, statement: Statement, options: RunOptions): Result {
    this.sent += 1;
    return session.run(statement.text, statement.parameters, this.settings(options));
  }

  /** Fails as soon as the signal does, and has the server drop what the session runs. */
  private async until<T>(
    signal: AbortSignal | undefined,
    session: Session,
    work: Promise<T>,
  ): Promise<T> {
    if (signal === undefined) return work;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = (): void => {
      session.close().catch(() => undefined);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([work, aborted]);
    } finally {
      signal.removeEventListener('abort', abort);
      work.catch(() => undefined);
      aborted.catch(() => undefined);
    }
  }

  private collect(statement: Statement, access: Access, options: RunOptions): Promise<Row[]> {
    const once = async (): Promise<Row[]> => {
      options.signal?.throwIfAborted();
      const session = this.session(access);
      try {
        const sent = this.send(session, statement, options);
        const { records } = await this.until(options.signal, session, Promise.resolve(sent));
        return records.map(plainRow);
      } catch (error) {
        throw graphFailure(error, statement.name);
      } finally {
        await session.close().catch(() => undefined);
      }
    };
    const repeatable = access === 'read' ? 'always' : statement.repeatable;
    return withRetries(once, repeatable, options.signal);
  }

  private async *pull(statement: Statement, options: RunOptions): AsyncGenerator<Row> {
    options.signal?.throwIfAborted();
    const session = this.session('read');
    const rows = this.send(session, statement, options)[Symbol.asyncIterator]();
    const reader = abortable(rows, options.signal, () => {
      session.close().catch(() => undefined);
    });
    try {
      for (;;) {
        const next = await reader.next();
        if (next.done === true) return;
        yield plainRow(next.value);
      }
    } catch (error) {
      throw graphFailure(error, statement.name);
    } finally {
      reader.release();
      // The session's end makes the server drop a query whose rows nobody wants any more.
      await session.close().catch(() => undefined);
    }
  }
}
