import neo4j, { type Driver } from 'neo4j-driver';
import type { Graph } from '../query/graph.js';
import { GraphError } from '../query/graph-error.js';
import { graphFailure } from './failure.js';
import { Neo4jGraph } from './neo4j-graph.js';
import { checkServerVersion } from './server-version.js';

export interface GraphOptions {
  /** Bolt address, for instance `bolt://127.0.0.1:7687` or `neo4j+s://example.databases.neo4j.io`. */
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  /** `neo4j` if left out. */
  readonly database?: string;
  /** Rows that the server sends ahead of the reader; 1,000 if left out. */
  readonly fetchSize?: number;
  /** Time limit of a query that sets none itself, in milliseconds; 10 minutes if left out. */
  readonly timeoutMs?: number;
  /** How long to wait for a free or new connection, in milliseconds; 15 seconds if left out. */
  readonly connectionTimeoutMs?: number;
  /** Connections at most; 50 if left out. */
  readonly connections?: number;
}

function makeDriver(options: GraphOptions): Driver {
  const wait = options.connectionTimeoutMs ?? 15_000;
  try {
    return neo4j.driver(options.uri, neo4j.auth.basic(options.user, options.password), {
      disableLosslessIntegers: true,
      connectionTimeout: wait,
      connectionAcquisitionTimeout: wait,
      maxConnectionPoolSize: options.connections ?? 50,
      telemetryDisabled: true,
      userAgent: 'opal',
      notificationFilter: { minimumSeverityLevel: 'OFF' },
    });
  } catch (cause) {
    throw new GraphError(
      {
        code: 'graph.address.invalid',
        what: 'The address of Neo4j is not valid',
        subject: 'NEO4J_URI',
        why: cause instanceof Error ? cause.message : String(cause),
        remedy: 'Give an address such as bolt://host:7687 or neo4j+s://host',
        retryable: false,
      },
      { cause },
    );
  }
}

/**
 * Connects to Neo4j 5.26 or later and looks that user, password, version and database are right.
 *
 * @throws GraphError with what to do: {@link GraphUnreachableError}, {@link GraphAccessError} or
 *   {@link GraphVersionError}.
 */
export async function openGraph(options: GraphOptions): Promise<Graph> {
  const driver = makeDriver(options);
  const database = options.database ?? 'neo4j';
  try {
    const { agent } = await driver.getServerInfo({ database });
    checkServerVersion(agent, options.uri);
    // Asking for the server does not ask for the database.
    await driver.executeQuery('RETURN 1 AS one', {}, { database });
  } catch (error) {
    await driver.close().catch(() => undefined);
    throw graphFailure(error, options.uri);
  }
  return new Neo4jGraph({
    driver,
    database,
    fetchSize: options.fetchSize ?? 1_000,
    timeoutMs: options.timeoutMs ?? 600_000,
    bookmarks: neo4j.bookmarkManager(),
  });
}
