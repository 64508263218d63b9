import type { Graph, RunOptions } from '../../graph/query/graph.js';
import { catalogueVersion, providerOfSource } from '../catalogue.js';
import { countDueMachines, evaluationSources } from './evaluation-queries.js';
import { settledSync } from './mark-due.js';

/**
 * Whether concerns and readiness of a source's machines reflect everything that its finished syncs
 * have changed. True for sources to whose kind no rule applies.
 */
export async function concernsCurrent(
  graph: Graph,
  id: string,
  options: RunOptions = {},
): Promise<boolean> {
  const sources = await graph.read(evaluationSources, {}, options);
  const source = sources.find((each) => each.id === id);
  if (source === undefined || providerOfSource(source.kind) === undefined) return true;
  if (source.through === null || source.through < settledSync(source)) return false;
  const parameters = { source: id, catalogue: catalogueVersion };
  const [row] = await graph.read(countDueMachines, parameters, options);
  return row?.due === 0;
}
