import type { Graph } from '../graph/index.js';
import type { ExecutorConfiguration } from './configuration.js';
import type { MachinePlace } from './migration-queue.js';
import { admitMachines, candidates, lanesInUse, lockGate } from './queries/admission.js';
import type { WorkOrder } from './work-order.js';

type Limits = ExecutorConfiguration['limits'];
type LaneKind = keyof Limits;

/** Waiting machines that are looked at for one admission. */
const lookAhead = 500;

/** A resource that bounds how many machines are under way: its kind, then its id. */
const lane = (kind: LaneKind, id: string): string => `${kind}:${id}`;

/** Everything that a machine keeps busy while its disks are copied. */
export function lanesOf({ source, targetId }: WorkOrder): string[] {
  return [
    ...(source.host === undefined ? [] : [lane('host', source.host)]),
    ...source.datastores.map((id) => lane('datastore', id)),
    ...(source.cluster === undefined ? [] : [lane('sourceCluster', source.cluster)]),
    lane('targetCluster', targetId),
  ];
}

const isLaneKind = (limits: Limits, kind: string): kind is LaneKind => Object.hasOwn(limits, kind);

function limitOf(limits: Limits, laneName: string): number {
  const kind = laneName.slice(0, laneName.indexOf(':'));
  return isLaneKind(limits, kind) ? limits[kind] : Number.POSITIVE_INFINITY;
}

interface Candidate {
  readonly id: string;
  readonly lanes: readonly string[];
}

/** In order, every candidate all of whose lanes have room; each takes its places at once. */
export function choose(
  waiting: readonly Candidate[],
  held: ReadonlyMap<string, number>,
  limits: Limits,
): readonly string[] {
  const used = new Map(held);
  const chosen: string[] = [];
  for (const { id, lanes } of waiting) {
    if (lanes.some((name) => (used.get(name) ?? 0) >= limitOf(limits, name))) continue;
    for (const name of lanes) used.set(name, (used.get(name) ?? 0) + 1);
    chosen.push(id);
  }
  return chosen;
}

/**
 * Lets waiting machines begin as far as the limits allow. The places are counted in the graph
 * under one lock, so that they hold over all workers and survive all of them.
 */
export async function admit(graph: Graph, limits: Limits): Promise<readonly MachinePlace[]> {
  return graph.transaction(async (tx) => {
    const now = new Date().toISOString();
    await tx.run(lockGate, { now });
    const rows = await tx.run(lanesInUse, {});
    const held = new Map(rows.map((row) => [row.lane, row.held]));
    const full = [...held].filter(([name, count]) => count >= limitOf(limits, name));
    const waiting = await tx.run(candidates, {
      full: full.map(([name]) => name),
      limit: lookAhead,
    });
    const machines = choose(waiting, held, limits);
    return machines.length === 0 ? [] : tx.run(admitMachines, { machines: [...machines], now });
  });
}
