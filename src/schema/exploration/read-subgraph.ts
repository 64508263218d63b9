import type { Graph, RunOptions } from '../../graph/index.js';
import { expand, relationshipsAmong, type NodeRow } from './exploration-queries.js';
import type { Subgraph } from './exploration-types.js';
import { requireNodes } from './require-nodes.js';

export interface SubgraphRequest {
  readonly ids: readonly string[];
  readonly types: string[] | null;
  readonly depth: number;
  /** Nodes in all. */
  readonly limit: number;
}

/** A drawing with more lines than these for each node shows nothing. */
const relationshipsForEach = 8;

/**
 * Expands some nodes step by step, one query a step, and says what it left out at the limit.
 *
 * @throws ExplorationError where one of the ids is of nothing.
 */
export const readSubgraph = async (
  graph: Graph,
  { ids, types, depth, limit }: SubgraphRequest,
  options: RunOptions,
): Promise<Subgraph> => {
  const start = await requireNodes(graph, ids, options);
  const found = new Map<string, NodeRow>(start.map((node) => [node.id, node]));
  let frontier = [...found.keys()];
  let beyond = 0;
  for (let step = 0; step < depth && frontier.length > 0 && beyond === 0; step += 1) {
    const room = Math.max(0, limit - found.size);
    const params = { frontier, known: [...found.keys()], types, limit: room };
    const [next] = await graph.read(expand, params, options);
    if (next === undefined) break;
    for (const node of next.nodes) found.set(node.id, node);
    frontier = next.nodes.map(({ id }) => id);
    beyond = next.total - next.nodes.length;
  }
  const most = found.size * relationshipsForEach;
  const among = { ids: [...found.keys()], types, limit: most + 1 };
  const relationships = await graph.read(relationshipsAmong, among, options);
  const more = relationships.length > most;
  return {
    nodes: [...found.values()],
    relationships: relationships.slice(0, most),
    leftOut: beyond > 0 || more ? { nodes: beyond, relationships: more } : null,
  };
};
