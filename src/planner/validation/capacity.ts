import { parseBytes, parseMillis } from '../../kubernetes/quantity.js';
import type { PlannedMachine } from '../record/plan.js';
import type { NodeFacts, TargetFacts } from '../target/target-facts.js';
import { runStrategyOf } from '../virtual-machine/run-strategy.js';
import type { Blueprint } from '../virtual-machine/blueprint.js';

const mebibyte = 2 ** 20;

/** KubeVirt asks for a tenth of a core for each virtual CPU unless it is told otherwise. */
export const cpuAllocationRatio = 10;

/** What a machine asks of a node while it runs. */
export interface Demand {
  readonly cpuMillis: number;
  readonly memoryBytes: number;
}

/**
 * Memory that the pod of a machine needs beside that of the guest: page tables, the launcher and
 * its libraries, and a part for each CPU, as KubeVirt reckons it.
 */
export function overheadBytes(cpus: number, memoryBytes: number): number {
  return Math.ceil(memoryBytes / 512) + (220 + 8 * cpus + 16) * mebibyte;
}

export function demandOf({ facts, choices }: PlannedMachine, target: TargetFacts): Demand {
  const chosen = target.instanceTypes.find(({ name }) => name === choices.instanceType.value?.name);
  const cpus = chosen?.cpuGuest ?? facts.cpuCount ?? 1;
  const memory = chosen?.memoryGuestBytes ?? (facts.memoryMB ?? 0) * mebibyte;
  return {
    cpuMillis: Math.ceil((cpus * 1000) / cpuAllocationRatio),
    memoryBytes: memory + overheadBytes(cpus, memory),
  };
}

const keepsMachinesOff = (taint: string): boolean =>
  taint.endsWith(':NoSchedule') || taint.endsWith(':NoExecute');

/** Whether the scheduler may put machines there at all. */
export const takesMachines = (node: NodeFacts): boolean =>
  node.ready === true &&
  node.schedulable !== false &&
  node.kvm === true &&
  (node.architecture ?? 'amd64') === 'amd64' &&
  !node.taints.some(keepsMachinesOff);

/** What is left of a node; undefined where the node does not say what it has. */
export function freeOn(node: NodeFacts): Demand | undefined {
  const { cpuAllocatableMillis: cpu, memoryAllocatableBytes: memory } = node;
  if (typeof cpu !== 'number' || typeof memory !== 'number') return undefined;
  return {
    cpuMillis: cpu - (node.cpuRequestedMillis ?? 0),
    memoryBytes: memory - (node.memoryRequestedBytes ?? 0),
  };
}

export const fits = (demand: Demand, free: Demand): boolean =>
  demand.cpuMillis <= free.cpuMillis && demand.memoryBytes <= free.memoryBytes;

/** Machines that the plan will have running. */
export const runningMachines = (
  machines: readonly PlannedMachine[],
  blueprintOf: (machine: PlannedMachine) => Blueprint,
): readonly PlannedMachine[] =>
  machines.filter((machine) => runStrategyOf(blueprintOf(machine)) === 'Always');

/**
 * Puts machines on nodes, the largest first, each on the node with the least room that holds it.
 *
 * @returns machines that found no node.
 */
export function place(
  machines: readonly PlannedMachine[],
  target: TargetFacts,
): readonly PlannedMachine[] {
  const nodes = target.nodes
    .filter(takesMachines)
    .map(freeOn)
    .filter((free) => free !== undefined)
    .map((free) => ({ ...free }));
  const demands = machines
    .map((machine) => ({ machine, demand: demandOf(machine, target) }))
    .sort((one, other) => other.demand.memoryBytes - one.demand.memoryBytes);
  return demands.flatMap(({ machine, demand }) => {
    const [node] = nodes
      .filter((free) => fits(demand, free))
      .sort((one, other) => one.memoryBytes - other.memoryBytes);
    if (node === undefined) return [machine];
    node.cpuMillis -= demand.cpuMillis;
    node.memoryBytes -= demand.memoryBytes;
    return [];
  });
}

/** Entries such as `requests.memory=16Gi` by name, in bytes, thousandths of a core, or a count. */
export function parseQuota(entries: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    entries.flatMap((entry) => {
      const equals = entry.lastIndexOf('=');
      const name = entry.slice(0, equals);
      const text = entry.slice(equals + 1);
      const value = name.endsWith('cpu') ? parseMillis(text) : parseBytes(text);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
