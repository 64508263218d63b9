import { clusterProfiles, type Cluster, type ClusterProfile, type Layout } from './layout.js';
import { Random } from './random.js';

export type Tier = 'web' | 'app' | 'db';
export type Environment = 'production' | 'test' | 'development';

const products = [
  'shop',
  'billing',
  'payroll',
  'intranet',
  'wiki',
  'crm',
  'erp',
  'mail',
  'gitlab',
  'monitoring',
  'reporting',
  'identity',
  'ticketing',
  'printing',
  'fileserver',
  'vdi',
  'lims',
  'gis',
  'hr',
  'archive',
  'warehouse',
  'booking',
  'telephony',
  'cms',
  'backup',
] as const;

/** Teams own applications; their names stand in tags and custom attributes. */
export const owners = [
  'platform',
  'web-services',
  'databases',
  'finance-it',
  'hr-it',
  'network',
  'security',
  'data-science',
  'logistics',
  'facilities',
] as const;

/** Machines that belong together: tiers of one product in one environment. */
export interface Application {
  readonly index: number;
  readonly name: string;
  readonly owner: string;
  readonly environment: Environment;
  readonly cluster: Cluster;
  readonly folderId: string;
  /** First number of its machines in the estate. */
  readonly firstMachine: number;
  readonly tiers: readonly Tier[];
  /** Its machines are clones of a template that kept its host name. */
  readonly fromGoldenTemplate: boolean;
  /** Its database machines share disks. */
  readonly sharesDisks: boolean;
}

function sizeOf(random: Random): {
  readonly web: number;
  readonly app: number;
  readonly db: number;
} {
  return random.weighted([
    [4, { web: 1, app: 0, db: 0 }],
    [3, { web: 1, app: 0, db: 1 }],
    [5, { web: 2, app: 2, db: 2 }],
    [3, { web: 4, app: 4, db: 2 }],
    [1, { web: 8, app: 10, db: 4 }],
  ]);
}

const profileOf: Readonly<Record<Environment, readonly [ClusterProfile, ...ClusterProfile[]]>> = {
  production: ['prod', 'web', 'prod', 'dmz', 'oracle'],
  test: ['web', 'dev'],
  development: ['dev', 'gpu'],
};

function clusterFor(
  layout: Layout,
  random: Random,
  index: number,
  environment: Environment,
): Cluster {
  // The first applications go round the profiles, so that a small estate has all of them.
  const profile =
    index < clusterProfiles.length * 2
      ? (clusterProfiles[index % clusterProfiles.length] ?? 'prod')
      : random.pick(profileOf[environment]);
  const fitting = layout.clusters.filter((cluster) => cluster.profile === profile);
  const [first, ...rest] = fitting;
  return first === undefined ? layout.clusters[0] : random.pick([first, ...rest]);
}

function applicationOf(
  layout: Layout,
  seed: number,
  index: number,
  firstMachine: number,
  left: number,
): Application {
  const random = new Random(seed, 'application', index);
  const product = products[index % products.length] ?? 'shop';
  const round = Math.floor(index / products.length);
  const environment = random.weighted([
    [6, 'production'],
    [2, 'test'],
    [2, 'development'],
  ] as const);
  // Pairs that share disks and clones of the template are there in the smallest estate.
  const sharesDisks = index % 11 === 4;
  const size = sharesDisks ? { web: 2, app: 2, db: 2 } : sizeOf(random);
  const tiers = (['web', 'app', 'db'] as const).flatMap((tier) =>
    Array.from({ length: size[tier] }, () => tier),
  );
  return {
    index,
    name: round === 0 ? product : `${product}${round + 1}`,
    owner: owners[index % owners.length] ?? 'platform',
    environment,
    cluster: clusterFor(layout, random, index, environment),
    folderId: `group-v${100_000 + index}`,
    firstMachine,
    tiers: tiers.slice(0, left),
    fromGoldenTemplate: index % 9 === 3,
    sharesDisks,
  };
}

/** The applications of the estate, until all machines belong to one. */
export function* applications(
  layout: Layout,
  machines: number,
  seed: number,
): Generator<Application> {
  for (let index = 0, placed = 0; placed < machines; index += 1) {
    const application = applicationOf(layout, seed, index, placed, machines - placed);
    yield application;
    placed += application.tiers.length;
  }
}
