import { afterAll } from 'vitest';
import { openGraph, type Graph, type GraphOptions } from '../../src/graph/index.js';
import { realNeo4j, type RealNeo4j } from '../real/neo4j.js';

export interface OpenedGraph {
  readonly graph: Graph;
  readonly neo4j: RealNeo4j;
}

const opened: Graph[] = [];

/** The product's own connection to the Neo4j of the test run, closed after the test file. */
export async function openTestGraph(options: Partial<GraphOptions> = {}): Promise<OpenedGraph> {
  const neo4j = await realNeo4j();
  const { uri, user, password, database } = neo4j;
  const graph = await openGraph({ uri, user, password, database, ...options });
  opened.push(graph);
  return { graph, neo4j };
}

afterAll(async () => {
  await Promise.all(opened.splice(0).map((graph) => graph.close()));
});
