import type { Graph } from '../graph/index.js';
import { planForRun } from '../planner/index.js';
import type { Connections, PlanForRun } from './ports.js';

/**
 * A plan as the orders for its machines. Nothing of it is stored before `startMigration`.
 *
 * @throws PlanError where there is no such plan or its target is unknown; errors of the source
 *   where its certificate cannot be read, which importers have to be told.
 */
export const readPlanForRun = (
  graph: Graph,
  planId: string,
  connections: Pick<Connections, 'importerCredentials'>,
  signal: AbortSignal,
): Promise<PlanForRun> =>
  planForRun(graph, planId, async (sourceId) => {
    const { url, thumbprint } = await connections.importerCredentials(sourceId, signal);
    return { url, thumbprint };
  });
