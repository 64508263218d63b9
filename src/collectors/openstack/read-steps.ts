import type { EntityKind } from '../../graph/model/index.js';
import type { ServiceName } from './access/services.js';
import type { Query } from './client.js';
import type { OpenstackType } from './raw.js';

/** One list that a full read walks through. */
export interface ReadStep {
  /** Unique among the steps. */
  readonly name: string;
  readonly type: OpenstackType;
  /** Kinds that its objects become; nothing of them is removed unless the list was read whole. */
  readonly kinds: readonly EntityKind[];
  readonly service: ServiceName;
  readonly path: string;
  /** Field of the answer that holds the list. */
  readonly list: string;
  /** Field of an object that names it; `id` where left out. */
  readonly id?: string;
  /** `whole`: the service gives everything at once. */
  readonly paging: 'marker' | 'offset' | 'whole';
  readonly query?: Query;
  /** Added to see objects of every project. */
  readonly everyProject?: Query;
  /** Without an administrator's role the service leaves out other projects without a word. */
  readonly perProject: boolean;
  /** Asked where the list itself is not allowed. */
  readonly otherPath?: string;
  readonly newestMinor?: number;
  /** Objects in one page at most, where the service itself could not do with more. */
  readonly mostInPage?: number;
  /** Path of one object before its id, and the field that holds it; else it is listed again. */
  readonly one?: { readonly path: string; readonly field?: string };
  /**
   * Queries that together list what changed since a moment (ISO 8601), where the service has such;
   * they need at least the given minor version.
   */
  readonly changes?: {
    readonly leastMinor?: number;
    readonly queries: (since: string) => readonly Query[];
  };
}

const allTenants: Query = { all_tenants: '1' };

const changedSince = {
  queries: (since: string): readonly Query[] => [{ changed_since: since.replace(/\.\d+Z$/u, 'Z') }],
};

const networkStep = (
  type: OpenstackType,
  kinds: readonly EntityKind[],
  path: string,
  field: string,
): ReadStep => ({
  name: type,
  type,
  kinds,
  service: 'network',
  path: `/${path}`,
  // The path of security groups has a hyphen where the field of the answer has none.
  list: path.replaceAll('-', '_'),
  paging: 'marker',
  perProject: true,
  one: { path: `/${path}/`, field },
  changes: changedSince,
});

const imageStep = (name: string, query: Query): ReadStep => ({
  name,
  type: 'image',
  kinds: ['Image'],
  service: 'image',
  path: '/images',
  list: 'images',
  paging: 'marker',
  query,
  perProject: true,
  one: { path: '/images/' },
  changes: {
    queries: (since) => [{ updated_at: `gte:${since.replace(/\.\d+Z$/u, 'Z')}` }],
  },
});

/** Every list, in the order of a full read: what others point at or are completed with comes first. */
export const readSteps: readonly ReadStep[] = [
  {
    name: 'domain',
    type: 'domain',
    kinds: ['Domain'],
    service: 'identity',
    path: '/domains',
    list: 'domains',
    paging: 'whole',
    otherPath: '/auth/domains',
    perProject: true,
    one: { path: '/domains/', field: 'domain' },
  },
  {
    name: 'project',
    type: 'project',
    kinds: ['Project'],
    service: 'identity',
    path: '/projects',
    list: 'projects',
    paging: 'whole',
    otherPath: '/auth/projects',
    perProject: true,
    one: { path: '/projects/', field: 'project' },
  },
  {
    name: 'hypervisor',
    type: 'hypervisor',
    kinds: ['Host'],
    service: 'compute',
    path: '/os-hypervisors/detail',
    list: 'hypervisors',
    id: 'hypervisor_hostname',
    paging: 'marker',
    perProject: false,
    // Later versions leave out CPU and memory, and paging needs 2.33.
    newestMinor: 87,
  },
  {
    name: 'availabilityZone',
    type: 'availabilityZone',
    kinds: ['AvailabilityZone'],
    service: 'compute',
    path: '/os-availability-zone/detail',
    list: 'availabilityZoneInfo',
    id: 'zoneName',
    paging: 'whole',
    otherPath: '/os-availability-zone',
    perProject: false,
  },
  {
    name: 'flavor',
    type: 'flavor',
    kinds: ['Flavor'],
    service: 'compute',
    path: '/flavors/detail',
    list: 'flavors',
    paging: 'marker',
    everyProject: { is_public: 'None' },
    perProject: true,
    one: { path: '/flavors/', field: 'flavor' },
  },
  imageStep('image', { visibility: 'all' }),
  imageStep('hidden image', { visibility: 'all', os_hidden: 'true' }),
  {
    name: 'volumeType',
    type: 'volumeType',
    kinds: ['VolumeType'],
    service: 'blockStorage',
    path: '/types',
    list: 'volume_types',
    paging: 'marker',
    everyProject: { is_public: 'None' },
    perProject: true,
    one: { path: '/types/', field: 'volume_type' },
  },
  {
    name: 'storagePool',
    type: 'storagePool',
    kinds: ['Datastore'],
    service: 'blockStorage',
    path: '/scheduler-stats/get_pools',
    list: 'pools',
    id: 'name',
    paging: 'whole',
    query: { detail: 'true' },
    perProject: false,
  },
  {
    name: 'volume',
    type: 'volume',
    kinds: ['Volume'],
    service: 'blockStorage',
    path: '/volumes/detail',
    list: 'volumes',
    paging: 'marker',
    everyProject: allTenants,
    perProject: true,
    one: { path: '/volumes/', field: 'volume' },
    changes: {
      leastMinor: 60,
      queries: (since) => {
        const moment = since.replace(/\.\d+Z$/u, '');
        return [{ updated_at: `gte:${moment}` }, { created_at: `gte:${moment}` }];
      },
    },
  },
  {
    name: 'volumeSnapshot',
    type: 'volumeSnapshot',
    kinds: ['VolumeSnapshot'],
    service: 'blockStorage',
    path: '/snapshots/detail',
    list: 'snapshots',
    paging: 'marker',
    everyProject: allTenants,
    perProject: true,
    one: { path: '/snapshots/', field: 'snapshot' },
  },
  networkStep('network', ['Network'], 'networks', 'network'),
  networkStep('subnet', ['Subnet'], 'subnets', 'subnet'),
  networkStep('securityGroup', ['SecurityGroup'], 'security-groups', 'security_group'),
  networkStep('router', ['Router'], 'routers', 'router'),
  networkStep('port', ['Nic', 'Port'], 'ports', 'port'),
  networkStep('floatingIp', ['FloatingIp'], 'floatingips', 'floatingip'),
  {
    name: 'server',
    // Nova asks Neutron about all of a page in one request line, whose length servers limit.
    mostInPage: 80,
    type: 'server',
    kinds: ['VirtualMachine'],
    service: 'compute',
    path: '/servers/detail',
    list: 'servers',
    paging: 'marker',
    everyProject: allTenants,
    perProject: true,
    one: { path: '/servers/', field: 'server' },
    changes: { queries: (since) => [{ 'changes-since': since }] },
  },
  {
    name: 'serverGroup',
    type: 'serverGroup',
    kinds: ['ServerGroup'],
    service: 'compute',
    path: '/os-server-groups',
    list: 'server_groups',
    paging: 'offset',
    everyProject: { all_projects: 'True' },
    perProject: true,
    one: { path: '/os-server-groups/', field: 'server_group' },
  },
];

export const stepsOf = (type: string): readonly ReadStep[] =>
  readSteps.filter((step) => step.type === type);
