import type { MachineFacts } from '../source/machine-facts.js';
import type { JsonObject } from './manifest.js';

export interface Topology {
  readonly sockets: number;
  readonly cores: number;
}

/** Sockets and cores as the source has them; one core a socket where they do not divide evenly. */
export function topologyOf({ cpuCount, coresPerSocket }: MachineFacts): Topology {
  const count = Math.max(1, cpuCount ?? 1);
  const cores = coresPerSocket ?? 1;
  return cores > 0 && count % cores === 0
    ? { sockets: count / cores, cores }
    : { sockets: count, cores: 1 };
}

function nestedFeatures({ nestedVirtualizationEnabled }: MachineFacts): JsonObject {
  if (typeof nestedVirtualizationEnabled !== 'boolean') return {};
  // One of the two is unknown to the node's CPU; optional and disable both accept that.
  const policy = nestedVirtualizationEnabled ? 'optional' : 'disable';
  return { features: ['vmx', 'svm'].map((name) => ({ name, policy })) };
}

/** CPU of the domain; topology is left to the instance type where there is one. */
export function cpuOf(machine: MachineFacts, hasInstanceType: boolean): JsonObject {
  const { sockets, cores } = topologyOf(machine);
  return {
    ...(hasInstanceType ? {} : { sockets, cores, threads: 1 }),
    ...nestedFeatures(machine),
  };
}
