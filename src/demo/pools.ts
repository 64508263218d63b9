import type { VsphereRawObject } from '../collectors/vsphere/raw.js';
import type { Environment } from './applications.js';
import { allocation, rawObject, reference } from './inventory-value.js';
import type { Cluster } from './layout.js';

interface Pool {
  readonly id: string;
  readonly type: 'ResourcePool' | 'VirtualApp';
}

/** Resource pools of a cluster: the root, one for each grade, and a vApp in production. */
export function poolsOf(cluster: Cluster) {
  const id = (place: number): string => `resgroup-${20_000 + cluster.index * 10 + place}`;
  const root: Pool = { id: id(0), type: 'ResourcePool' };
  const gold: Pool = { id: id(1), type: 'ResourcePool' };
  const silver: Pool = { id: id(2), type: 'ResourcePool' };
  const bronze: Pool = { id: id(3), type: 'ResourcePool' };
  const vApp: Pool = { id: `resgroup-v${20_000 + cluster.index * 10 + 4}`, type: 'VirtualApp' };
  const hasGrades = !cluster.isStandalone;
  const hasVApp = hasGrades && cluster.profile === 'prod';
  return {
    root,
    gold,
    silver,
    bronze,
    vApp: hasVApp ? vApp : undefined,
    forTier(environment: Environment, application: number): Pool {
      if (!hasGrades) return root;
      if (hasVApp && application % 10 === 0) return vApp;
      return { production: gold, test: silver, development: bronze }[environment];
    },
  };
}

function configuration(shares: number, reservation: number) {
  return {
    cpuAllocation: { ...allocation(shares, reservation), expandableReservation: true },
    memoryAllocation: { ...allocation(shares * 40, reservation * 4), expandableReservation: true },
    scaleDescendantsShares: 'disabled',
  };
}

export function* poolObjects(cluster: Cluster): Generator<VsphereRawObject> {
  const { root, gold, silver, bronze, vApp } = poolsOf(cluster);
  const ownerType = cluster.isStandalone ? 'ComputeResource' : 'ClusterComputeResource';
  const owner = reference(ownerType, cluster.id);
  yield rawObject('ResourcePool', root.id, {
    name: 'Resources',
    parent: owner,
    owner,
    config: configuration(4000, 0),
  });
  if (cluster.isStandalone) return;
  const parent = reference('ResourcePool', root.id);
  const grades = [
    ['gold', gold, 8000, 2000],
    ['silver', silver, 4000, 0],
    ['bronze', bronze, 1000, 0],
  ] as const;
  for (const [name, { id }, shares, reservation] of grades) {
    const config = configuration(shares, reservation);
    yield rawObject('ResourcePool', id, { name, parent, owner, config });
  }
  if (vApp === undefined) return;
  yield rawObject('VirtualApp', vApp.id, {
    name: `${cluster.name}-erp-vapp`,
    parent,
    owner,
    config: configuration(4000, 500),
    vAppConfig: {
      product: [{ key: 0, name: 'ERP suite', vendor: 'Example Corp.', version: '11.2' }],
      entityConfig: [],
    },
  });
}
