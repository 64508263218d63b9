import type { VsphereRawObject } from '../collectors/vsphere/raw.js';
import { applications } from './applications.js';
import { clusterObject } from './clusters.js';
import {
  applicationFolder,
  applicationPath,
  datacenterObject,
  placePath,
  rootObjects,
  siteFolderObjects,
} from './folders.js';
import { hostObject } from './hosts.js';
import { layoutFor } from './layout.js';
import { machinesOf } from './machines.js';
import { networkObjects, switchObjects } from './networking.js';
import { placements } from './placement.js';
import { poolObjects } from './pools.js';
import { machineObject } from './render-machine.js';
import { datastoreObjects, podObjects } from './storage.js';
import { tagObjects } from './tags.js';
import { templates } from './templates.js';

export interface EstateOptions {
  /** Virtual machines; templates come on top. 200 to 100,000 make sense. */
  readonly machines: number;
  /** The same seed gives the same estate; 1 by default. */
  readonly seed?: number;
}

const smallest = 1;
const largest = 1_000_000;

function checked(machines: number): number {
  if (!Number.isInteger(machines) || machines < smallest || machines > largest) {
    throw new RangeError(
      `A demo estate of ${machines} machines cannot be made; ask for ${smallest} to ${largest}.`,
    );
  }
  return machines;
}

/**
 * A believable vSphere estate: sites, clusters, hosts, datastores, networks, and machines in
 * applications with tiers, with the faults, habits and odd names that real ones have. It comes in
 * the order of a full read, one object at a time, as the vSphere collector would have read it, so
 * that it goes in through the replay path. Memory grows with hosts, not with machines.
 *
 * @throws RangeError when the number of machines is not between 1 and 1,000,000.
 */
export function* demoEstate(options: EstateOptions): Generator<VsphereRawObject> {
  const count = checked(options.machines);
  const seed = options.seed ?? 1;
  const layout = layoutFor(count, seed);
  yield* rootObjects();
  for (const site of layout.sites) yield* siteFolderObjects(site);
  for (const application of applications(layout, count, seed)) yield applicationFolder(application);
  for (const site of layout.sites) yield datacenterObject(site);
  yield* tagObjects();
  const members = placements(layout, count, seed);
  const none = { licensed: [], keptAway: [], apart: [], together: [] };
  for (const cluster of layout.clusters) {
    yield clusterObject(cluster, members.get(cluster.index) ?? none);
  }
  yield* podObjects(layout);
  yield* datastoreObjects(layout);
  yield* switchObjects(layout);
  for (const { hosts } of layout.clusters) for (const host of hosts) yield hostObject(host, seed);
  yield* networkObjects(layout, 'standard');
  yield* networkObjects(layout, 'opaque');
  yield* networkObjects(layout, 'distributed');
  for (const cluster of layout.clusters) yield* poolObjects(cluster);
  for (const draft of templates(layout)) {
    yield machineObject(draft, seed, placePath(draft.site, 'Templates'));
  }
  for (const application of applications(layout, count, seed)) {
    const path = applicationPath(application);
    for (const machine of machinesOf(seed, application)) yield machineObject(machine, seed, path);
  }
}
