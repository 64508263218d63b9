import { createHash } from 'node:crypto';
import type { Graph } from '../../../src/graph/index.js';

/** Bookkeeping that depends on how often and when a source was read, not on what it holds. */
const bookkeeping = new Set([
  'firstSeen',
  'lastSeen',
  'addedIn',
  'changedIn',
  'syncedIn',
  'removedIn',
]);

function contents(properties: unknown): unknown {
  const entries = Object.entries(properties as Record<string, unknown>);
  return entries.filter(([name]) => !bookkeeping.has(name)).sort();
}

/** Everything that is live in the graph of one source, in an order of its own. */
export async function liveState(graph: Graph, source: string): Promise<string[]> {
  const nodes = await graph.readCompiled({
    text: 'MATCH (n:Entity {source: $source}) WHERE NOT n:Tombstone RETURN labels(n) AS labels, properties(n) AS properties ORDER BY n.id',
    parameters: { source },
  });
  const edges = await graph.readCompiled({
    text: 'MATCH (a:Entity {source: $source})-[r]->(b) WHERE NOT a:Tombstone AND NOT b:Tombstone RETURN a.id AS a, type(r) AS type, b.id AS b, properties(r) AS properties ORDER BY a, type, b',
    parameters: { source },
  });
  return [
    ...nodes.map(({ labels, properties }) =>
      JSON.stringify([[...(labels as string[])].sort(), contents(properties)]),
    ),
    ...edges.map((edge) => JSON.stringify(edge)),
  ];
}

export const checksum = async (graph: Graph, source: string): Promise<string> =>
  createHash('sha256')
    .update((await liveState(graph, source)).join('\n'))
    .digest('hex');

export async function countOf(graph: Graph, label: string): Promise<number> {
  const [row] = await graph.readCompiled({
    text: `MATCH (n:${label}) RETURN count(n) AS count`,
    parameters: {},
  });
  return Number(row?.count);
}
