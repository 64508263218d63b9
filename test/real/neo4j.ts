import neo4j, { type Driver } from 'neo4j-driver';
import { afterAll } from 'vitest';
import { runService } from './run-service.js';

/** A real Neo4j, shared by all test files of a run. */
export interface RealNeo4j {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Open for the whole test file and closed after it. */
  readonly driver: Driver;
}

let opened: Promise<RealNeo4j> | undefined;

async function open(): Promise<RealNeo4j> {
  const uri = process.env.OPAL_TEST_NEO4J_URI;
  const address =
    uri === undefined
      ? await runService('neo4j')
      : { uri, user: 'neo4j', password: process.env.OPAL_TEST_NEO4J_PASSWORD ?? '' };
  const driver = neo4j.driver(address.uri, neo4j.auth.basic(address.user, address.password), {
    telemetryDisabled: true,
  });
  await driver.verifyConnectivity();
  return { ...address, database: 'neo4j', driver };
}

/**
 * The Neo4j of this test run: the server in OPAL_TEST_NEO4J_URI (password in
 * OPAL_TEST_NEO4J_PASSWORD), else an embedded one that starts at the first call of the run.
 */
export function realNeo4j(): Promise<RealNeo4j> {
  opened ??= open();
  return opened;
}

function nameColumn(row: { get(key: string): unknown }): string {
  return `\`${String(row.get('name')).replaceAll('`', '``')}\``;
}

async function drop(
  { driver, database }: RealNeo4j,
  type: 'CONSTRAINT' | 'INDEX',
  listing: string,
): Promise<void> {
  const { records } = await driver.executeQuery(listing, {}, { database });
  const session = driver.session({ database });
  try {
    // In one transaction: each commit of a change of schema costs the server much.
    await session.executeWrite(async (tx) => {
      for (const row of records) await tx.run(`DROP ${type} ${nameColumn(row)} IF EXISTS`);
    });
  } finally {
    await session.close();
  }
}

async function dropSchema(graph: RealNeo4j): Promise<void> {
  await drop(graph, 'CONSTRAINT', 'SHOW CONSTRAINTS YIELD name');
  await drop(graph, 'INDEX', "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name");
}

/**
 * Empties the database, in batches that fit the memory of a small server.
 *
 * @param options.schema also drops constraints and indexes, for tests of the migrations.
 */
export async function wipeGraph(options: { readonly schema?: boolean } = {}): Promise<void> {
  const graph = await realNeo4j();
  const session = graph.driver.session({ database: graph.database });
  try {
    await session.run(
      'MATCH (node) CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 5000 ROWS',
    );
  } finally {
    await session.close();
  }
  if (options.schema === true) await dropSchema(graph);
}

afterAll(async () => {
  const graph = await opened?.catch(() => undefined);
  await graph?.driver.close();
  opened = undefined;
});
