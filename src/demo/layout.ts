import { Random } from './random.js';

/** What a cluster is for decides its settings and what machines it holds. */
export const clusterProfiles = ['prod', 'web', 'dmz', 'oracle', 'gpu', 'dev'] as const;
export type ClusterProfile = (typeof clusterProfiles)[number];

const cities = ['par', 'ber', 'lis', 'osl', 'rom', 'vie', 'waw', 'ath'] as const;

export interface Host {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly cluster: Cluster;
}

export interface Cluster {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly profile: ClusterProfile;
  readonly site: Site;
  /** A lone host in a branch office is a ComputeResource. */
  readonly isStandalone: boolean;
  readonly hosts: readonly [Host, ...Host[]];
  readonly datastores: readonly [Datastore, ...Datastore[]];
}

export interface Datastore {
  readonly id: string;
  readonly name: string;
  readonly type: 'VMFS' | 'NFS' | 'NFS41' | 'vsan' | 'VVOL';
  readonly capacityGiB: number;
  readonly freeGiB: number;
  readonly accessible: boolean;
  readonly isShared: boolean;
  /** In the datastore cluster of its site. */
  readonly isPooled: boolean;
  readonly number: number;
}

export type NetworkRole =
  | 'web'
  | 'app'
  | 'db'
  | 'shop'
  | 'backoffice'
  | 'management'
  | 'storage'
  | 'quarantine'
  | 'nfv'
  | 'isolated'
  | 'trunk'
  | 'untagged'
  | 'uplinks'
  | 'segment';

export interface Network {
  readonly id: string;
  readonly name: string;
  readonly variant: 'distributed' | 'standard' | 'opaque';
  readonly role: NetworkRole | 'standard';
  readonly vlan?: number;
  /** Third octet block of the addresses that its machines have. */
  readonly subnet: number;
}

export interface Site {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly networks: readonly Network[];
  readonly switchId: string;
  readonly switchUuid: string;
  /** Datastores that belong to no cluster. */
  readonly datastores: readonly Datastore[];
}

const distributed: readonly (readonly [NetworkRole, number | undefined])[] = [
  ['web', 10],
  ['app', 20],
  ['db', 30],
  ['shop', 110],
  ['backoffice', 120],
  ['management', 40],
  ['storage', 50],
  // No network of the lab's target carries this one.
  ['quarantine', 777],
  ['nfv', 310],
  ['isolated', 600],
  ['trunk', undefined],
  ['untagged', undefined],
  ['uplinks', undefined],
  ['segment', undefined],
];

function networksOf(site: number, city: string): Network[] {
  const groups = distributed.map(([role, vlan], place): Network => ({
    id: `dvportgroup-${site * 100 + place + 10}`,
    name: role === 'uplinks' ? `dvs-${city}-DVUplinks` : `pg-${city}-${role}`,
    variant: 'distributed',
    role,
    ...(vlan === undefined ? {} : { vlan }),
    subnet: place + 1,
  }));
  const standard = (['VM Network', 'legacy-backup'] as const).map((name, place): Network => ({
    id: `network-${site * 100 + place + 30}`,
    name,
    variant: 'standard',
    role: 'standard',
    subnet: place + 30,
  }));
  const opaque: Network = {
    id: `network-o${site * 100 + 40}`,
    name: `nsx-${city}-overlay`,
    variant: 'opaque',
    role: 'segment',
    subnet: 40,
  };
  return [...groups, ...standard, opaque];
}

/** The parts of the estate that machines stand on. Its size grows with hosts, not with machines. */
export interface Layout {
  readonly sites: readonly Site[];
  readonly clusters: readonly [Cluster, ...Cluster[]];
}

interface Numbers {
  readonly seed: number;
  readonly clusters: number;
  readonly hostsPerCluster: number;
  readonly volumesPerCluster: number;
}

/** About 20 machines a host and 300 a cluster, but never fewer clusters than profiles. */
function numbersFor(machines: number, seed: number): Numbers {
  const clusters = Math.max(clusterProfiles.length, Math.ceil(machines / 300));
  const perCluster = machines / clusters;
  return {
    seed,
    clusters,
    hostsPerCluster: Math.min(16, Math.max(3, Math.ceil(perCluster / 20))),
    volumesPerCluster: Math.min(8, Math.max(2, Math.ceil(perCluster / 60))),
  };
}

function siteDatastores(site: number, city: string): Datastore[] {
  const common = { isShared: true, isPooled: false, accessible: true } as const;
  const number = (place: number) => 900_000 + site * 10 + place;
  return [
    {
      ...common,
      number: number(1),
      id: `datastore-${number(1)}`,
      name: `nfs-iso-${city}`,
      type: 'NFS',
      capacityGiB: 4096,
      freeGiB: 1200,
    },
    {
      ...common,
      number: number(2),
      id: `datastore-${number(2)}`,
      name: `nfs41-archive-${city}`,
      type: 'NFS41',
      capacityGiB: 65_536,
      freeGiB: 30_000,
    },
    // Nobody has mounted it since an array was taken away; the sizes of its disks are unknown.
    {
      ...common,
      number: number(3),
      id: `datastore-${number(3)}`,
      name: `lost-array-${city}`,
      type: 'VMFS',
      capacityGiB: 0,
      freeGiB: 0,
      accessible: false,
    },
  ];
}

function clusterDatastores(
  cluster: { readonly index: number; readonly name: string; readonly profile: ClusterProfile },
  { seed, volumesPerCluster }: Numbers,
): [Datastore, ...Datastore[]] {
  const random = new Random(seed, 'datastores', cluster.index);
  const number = (place: number) => 1000 + cluster.index * 20 + place;
  const type = cluster.profile === 'gpu' ? 'vsan' : cluster.profile === 'dmz' ? 'VVOL' : 'VMFS';
  const volume = (place: number): Datastore => {
    const capacityGiB = random.pick([8192, 16_384, 32_768]);
    // One in the whole estate is nearly full: a cause that many machines share.
    const isFull = cluster.index === 0 && place === 1;
    return {
      id: `datastore-${number(place)}`,
      name: `${cluster.name}-${type.toLowerCase()}-${String(place).padStart(2, '0')}`,
      type,
      number: number(place),
      capacityGiB,
      freeGiB: isFull ? 3 : Math.floor(capacityGiB * (0.2 + random.next() * 0.5)),
      accessible: true,
      isShared: true,
      isPooled: cluster.profile === 'prod',
    };
  };
  const local: Datastore = {
    id: `datastore-${number(19)}`,
    name: `${cluster.name}-local-esx01`,
    type: 'VMFS',
    number: number(19),
    capacityGiB: 446,
    freeGiB: 400,
    accessible: true,
    isShared: false,
    isPooled: false,
  };
  const rest = Array.from({ length: volumesPerCluster - 1 }, (_, place) => volume(place + 2));
  return [volume(1), ...rest, local];
}

function clusterOf(index: number, site: Site, numbers: Numbers, isStandalone: boolean): Cluster {
  const profile = isStandalone
    ? 'web'
    : (clusterProfiles[index % clusterProfiles.length] ?? 'prod');
  const round = Math.floor(index / clusterProfiles.length);
  const name = isStandalone
    ? `esx-branch-${site.city}.example.com`
    : `${site.city}-${profile}${round === 0 ? '' : `-${round + 1}`}`;
  const count = isStandalone ? 1 : numbers.hostsPerCluster;
  const hostOf = (number: number): Host => ({
    id: `host-${10_000 + index * 20 + number}`,
    name: isStandalone ? name : `esx${String(number).padStart(2, '0')}.${name}.example.com`,
    number,
    cluster,
  });
  const cluster: Cluster = {
    index,
    id: isStandalone ? `domain-s${5000 + index}` : `domain-c${100 + index}`,
    name,
    profile,
    site,
    isStandalone,
    datastores: clusterDatastores({ index, name, profile }, numbers),
    get hosts(): [Host, ...Host[]] {
      return hosts;
    },
  };
  const hosts: [Host, ...Host[]] = [
    hostOf(1),
    ...Array.from({ length: count - 1 }, (_, place) => hostOf(place + 2)),
  ];
  return cluster;
}

/** Sites, clusters, hosts, datastores and networks for a number of machines. */
export function layoutFor(machines: number, seed: number): Layout {
  const numbers = numbersFor(machines, seed);
  const siteCount = Math.max(2, Math.ceil(numbers.clusters / 24));
  const sites = Array.from({ length: siteCount }, (_, index): Site => {
    const round = Math.floor(index / cities.length);
    const city = `${cities[index % cities.length] ?? 'par'}${round === 0 ? '' : String(round + 1)}`;
    return {
      index,
      city,
      id: `datacenter-${index + 2}`,
      name: `DC ${city.toUpperCase()}`,
      networks: networksOf(index + 1, city),
      switchId: `dvs-${index + 1}`,
      switchUuid: `50 ${(index + 1).toString(16).padStart(2, '0')} 1c 4f 2a 90 7d 11-a0 43 5e 21 88 9b 0c d4`,
      datastores: siteDatastores(index + 1, city),
    };
  });
  const siteOf = (index: number): Site => {
    // Whole rounds of profiles on a site where there are enough, else they alternate.
    const site = sites[Math.floor(index / 3) % sites.length] ?? sites[0];
    if (site === undefined) throw new RangeError('an estate has at least one site');
    return site;
  };
  const clusters = Array.from({ length: numbers.clusters }, (_, index) =>
    clusterOf(index, siteOf(index), numbers, false),
  );
  const branches = sites.map((site, place) =>
    clusterOf(numbers.clusters + place, site, numbers, true),
  );
  const [first, ...rest] = [...clusters, ...branches];
  if (first === undefined) throw new RangeError('an estate has at least one cluster');
  return { sites, clusters: [first, ...rest] };
}

export function networkOf(site: Site, role: Network['role'], place = 0): Network {
  const found = site.networks.filter((network) => network.role === role);
  const network = found[place] ?? found[0];
  if (network === undefined) throw new RangeError(`site ${site.name} has no ${role} network`);
  return network;
}
