import type { Graph, RunOptions } from '../../graph/index.js';
import { unknownNode } from './exploration-error.js';
import { knownNodes, type NodeRow } from './exploration-queries.js';

/**
 * The nodes of some ids, in the order of their ids.
 *
 * @throws ExplorationError where one of the ids is of nothing.
 */
export const requireNodes = async (
  graph: Graph,
  ids: readonly string[],
  options: RunOptions,
): Promise<readonly NodeRow[]> => {
  const nodes = await graph.read(knownNodes, { ids: [...ids] }, options);
  const known = new Set(nodes.map(({ id }) => id));
  const stranger = ids.find((id) => !known.has(id));
  if (stranger !== undefined) throw unknownNode(stranger);
  return nodes;
};
