import type { ManagedObjectType } from './paths.js';
import type { Traversal } from './soap/arguments.js';

const step = (name: string, type: string, path: string, then: readonly string[]): Traversal => ({
  name,
  type,
  path,
  then,
});

/**
 * The way from the root folder to every object. Each of the four trees has steps of its own, so
 * that a server which does not compare the type of a step (the simulator) cannot run from a
 * machine back into its pool.
 */
const trees = {
  top: [step('top', 'Folder', 'childEntity', ['top', 'toVms', 'toHosts', 'toStores', 'toNets'])],
  vms: [
    step('toVms', 'Datacenter', 'vmFolder', ['vms']),
    step('vms', 'Folder', 'childEntity', ['vms']),
  ],
  hosts: [
    step('toHosts', 'Datacenter', 'hostFolder', ['computes']),
    step('computes', 'Folder', 'childEntity', ['computes', 'hosts', 'rootPool']),
  ],
  hostsOfCompute: [step('hosts', 'ComputeResource', 'host', [])],
  pools: [
    step('rootPool', 'ComputeResource', 'resourcePool', ['pools', 'vAppVms']),
    step('pools', 'ResourcePool', 'resourcePool', ['pools', 'vAppVms']),
  ],
  // Machines of a vApp stand in no folder.
  vAppVms: [step('vAppVms', 'VirtualApp', 'vm', [])],
  stores: [
    step('toStores', 'Datacenter', 'datastoreFolder', ['stores']),
    step('stores', 'Folder', 'childEntity', ['stores']),
  ],
  nets: [
    step('toNets', 'Datacenter', 'networkFolder', ['nets']),
    step('nets', 'Folder', 'childEntity', ['nets']),
  ],
} as const satisfies Record<string, readonly Traversal[]>;

type Tree = keyof typeof trees;

const treesOf: Readonly<Record<ManagedObjectType, readonly Tree[]>> = {
  Folder: ['top', 'vms', 'hosts', 'stores', 'nets'],
  StoragePod: ['top', 'stores'],
  Datacenter: ['top'],
  ClusterComputeResource: ['top', 'hosts'],
  ComputeResource: ['top', 'hosts'],
  Datastore: ['top', 'stores'],
  DistributedVirtualSwitch: ['top', 'nets'],
  VmwareDistributedVirtualSwitch: ['top', 'nets'],
  HostSystem: ['top', 'hosts', 'hostsOfCompute'],
  Network: ['top', 'nets'],
  OpaqueNetwork: ['top', 'nets'],
  DistributedVirtualPortgroup: ['top', 'nets'],
  ResourcePool: ['top', 'hosts', 'pools'],
  VirtualApp: ['top', 'hosts', 'pools'],
  VirtualMachine: ['top', 'vms', 'hosts', 'pools', 'vAppVms'],
};

/** Steps that lead to every object of the types and nowhere else. */
export function stepsTo(types: readonly ManagedObjectType[]): readonly Traversal[] {
  const chosen = new Set(types.flatMap((type) => treesOf[type]));
  const steps = Object.entries(trees).flatMap(([tree, list]) =>
    // Widened: the names of the table are the trees.
    chosen.has(tree as Tree) ? list : [],
  );
  const names = new Set<string>(steps.map(({ name }) => name));
  return steps.map((each) => ({ ...each, then: each.then.filter((name) => names.has(name)) }));
}
