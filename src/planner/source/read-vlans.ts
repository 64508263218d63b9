import type { Graph } from '../../graph/index.js';
import { networkVlansQuery } from '../record/plan-queries.js';
import type { MachineFacts } from './machine-facts.js';

/** VLAN ids of the networks that the machines are on, where they are on one VLAN. */
export async function readVlans(
  graph: Graph,
  machines: readonly MachineFacts[],
): Promise<ReadonlyMap<string, number>> {
  const networks = machines.flatMap(({ nics }) => nics.map(({ network }) => network));
  const ids = [...new Set(networks.filter((network) => typeof network === 'string'))];
  const rows = await graph.read(networkVlansQuery, { ids });
  return new Map(rows.map(({ id, vlanId }) => [id, vlanId]));
}
