import { applications } from './applications.js';
import type { PlacementMembers } from './clusters.js';
import type { Layout } from './layout.js';
import { machineId } from './machines.js';

/** Groups stay small in the largest estate: rules speak of the few, not of the many. */
const mostMembers = 60;

interface Growing extends PlacementMembers {
  readonly licensed: string[];
  readonly keptAway: string[];
  readonly apart: string[][];
  readonly together: string[];
}

function add(list: string[], ids: readonly string[]): void {
  list.push(...ids.slice(0, Math.max(0, mostMembers - list.length)));
}

/** Which machines the placement rules of each cluster name, by the cluster's index. */
export function placements(
  layout: Layout,
  machines: number,
  seed: number,
): ReadonlyMap<number, PlacementMembers> {
  const members = new Map<number, Growing>();
  for (const { index, cluster } of layout.clusters.map((cluster) => ({
    index: cluster.index,
    cluster,
  }))) {
    if (!cluster.isStandalone) {
      members.set(index, { licensed: [], keptAway: [], apart: [], together: [] });
    }
  }
  for (const { cluster, firstMachine, tiers, index } of applications(layout, machines, seed)) {
    const own = members.get(cluster.index);
    if (own === undefined) continue;
    const ids = tiers.map((_, place) => machineId(firstMachine + place));
    const databases = ids.filter((_, place) => tiers[place] === 'db');
    if (cluster.profile === 'oracle') add(own.licensed, databases);
    if (cluster.profile === 'gpu') add(own.keptAway, databases);
    if (databases.length === 2 && own.apart.length < 10) own.apart.push(databases);
    if (index % 7 === 0 && own.together.length === 0) add(own.together, ids.slice(0, 2));
  }
  return members;
}
