import { z } from 'zod';
import { defineQuery, type Graph } from '../graph/index.js';

const stateQuery = defineQuery({
  file: 'report/state',
  params: z.object({}),
  row: z.object({
    source: z.string(),
    number: z.number().int().nullable(),
    status: z.string().nullable(),
  }),
});

/**
 * The state of the inventory as text: each source with the number of its last sync, and whether
 * that one still runs. A report is taken from one state from its first row to its last.
 */
export const reportState = async (graph: Graph): Promise<string> => {
  const sources = await graph.read(stateQuery, {});
  return sources
    .map(({ source, number, status }) => {
      const running = status === 'running' ? ' (running)' : '';
      return `${source}#${number === null ? 'none' : String(number)}${running}`;
    })
    .join(', ');
};
