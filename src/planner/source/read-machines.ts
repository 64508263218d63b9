import { z } from 'zod';
import { defineQuery, type Graph } from '../../graph/index.js';
import { machineFacts, type MachineFacts } from './machine-facts.js';

export const machineFactsQuery = defineQuery({
  file: 'plan/machine-facts',
  params: z.object({ ids: z.array(z.string()) }),
  row: z.object({ place: z.number(), machine: machineFacts }),
});

const batch = 100;

/** Facts of the machines that are still in the inventory, in the order of the ids. */
export async function readMachines(
  graph: Graph,
  ids: readonly string[],
): Promise<readonly MachineFacts[]> {
  const machines: MachineFacts[] = [];
  for (let start = 0; start < ids.length; start += batch) {
    const rows = await graph.read(machineFactsQuery, { ids: ids.slice(start, start + batch) });
    machines.push(...rows.map(({ machine }) => machine));
  }
  return machines;
}

/** Name of the network of an adapter that leads to none in the inventory. */
const namedNetworkId = (source: string, name: string): string => `${source}/network-name/${name}`;

/** Id under which the network of an adapter is mapped; undefined where it is on none. */
export function networkIdOf(
  machine: Pick<MachineFacts, 'source'>,
  nic: MachineFacts['nics'][number],
): string | undefined {
  if (typeof nic.network === 'string') return nic.network;
  return typeof nic.networkName === 'string' && nic.networkName !== ''
    ? namedNetworkId(machine.source, nic.networkName)
    : undefined;
}
