import type { VsphereRawObject } from '../collectors/vsphere/raw.js';
import { siteFolder } from './folders.js';
import { GiB, rawObject, reference, storedName, type Body } from './inventory-value.js';
import type { Cluster, Network } from './layout.js';

const networkTypes: Readonly<Record<Network['variant'], string>> = {
  distributed: 'DistributedVirtualPortgroup',
  standard: 'Network',
  opaque: 'OpaqueNetwork',
};

/** Networks that the hosts of a cluster have; a branch office has the standard ones alone. */
export function networksOf(cluster: Cluster): Network[] {
  return cluster.site.networks.filter(
    ({ variant }) => !cluster.isStandalone || variant === 'standard',
  );
}

export const networkReference = ({ id, variant }: Network) => reference(networkTypes[variant], id);

/** Machines that placement rules of a cluster speak of, by their ids. */
export interface PlacementMembers {
  /** Bound to the licensed hosts. */
  readonly licensed: readonly string[];
  /** Kept away from the first host. */
  readonly keptAway: readonly string[];
  /** Pairs of database machines that must not share a host. */
  readonly apart: readonly (readonly string[])[];
  readonly together: readonly string[];
}

const machines = (ids: readonly string[]) => ids.map((id) => reference('VirtualMachine', id));

function groups(cluster: Cluster, members: PlacementMembers): Body[] {
  const host = (from: number, to: number) =>
    cluster.hosts.slice(from, to).map(({ id }) => reference('HostSystem', id));
  const list: Body[] = [];
  if (members.licensed.length > 0) {
    list.push(
      { $type: 'ClusterVmGroup', name: 'oracle-machines', vm: machines(members.licensed) },
      { $type: 'ClusterHostGroup', name: 'oracle-licensed', host: host(0, 2) },
    );
  }
  if (members.keptAway.length > 0) {
    list.push(
      { $type: 'ClusterVmGroup', name: 'noisy-machines', vm: machines(members.keptAway) },
      { $type: 'ClusterHostGroup', name: 'quiet-hosts', host: host(0, 1) },
    );
  }
  return list;
}

function rules(members: PlacementMembers): Body[] {
  const common = { enabled: true, userCreated: true, mandatory: false };
  const list: Body[] = [];
  if (members.licensed.length > 0) {
    list.push({
      $type: 'ClusterVmHostRuleInfo',
      ...common,
      name: 'oracle-on-licensed-hosts',
      mandatory: true,
      vmGroupName: 'oracle-machines',
      affineHostGroupName: 'oracle-licensed',
    });
  }
  if (members.keptAway.length > 0) {
    list.push({
      $type: 'ClusterVmHostRuleInfo',
      ...common,
      // Switched off, and so no reason to worry.
      enabled: false,
      name: 'noisy-away-from-quiet',
      vmGroupName: 'noisy-machines',
      antiAffineHostGroupName: 'quiet-hosts',
    });
  }
  for (const [place, pair] of members.apart.entries()) {
    list.push({
      $type: 'ClusterAntiAffinityRuleSpec',
      ...common,
      name: `db-pair-${place + 1}-apart`,
      vm: machines(pair),
    });
  }
  if (members.together.length > 1) {
    list.push({
      $type: 'ClusterAffinityRuleSpec',
      ...common,
      name: 'chatty-together',
      vm: machines(members.together),
    });
  }
  return list.map((rule, place) => ({ key: place + 1, ...rule }));
}

function configuration(cluster: Cluster, members: PlacementMembers): Body {
  const { profile } = cluster;
  return {
    $type: 'ClusterConfigInfoEx',
    dasConfig: {
      enabled: profile !== 'dev',
      vmMonitoring: 'vmMonitoringDisabled',
      hostMonitoring: 'enabled',
      admissionControlEnabled: profile === 'prod' || profile === 'oracle',
    },
    drsConfig: {
      enabled: profile !== 'dmz',
      enableVmBehaviorOverrides: true,
      defaultVmBehavior: profile === 'oracle' ? 'partiallyAutomated' : 'fullyAutomated',
      vmotionRate: 3,
    },
    dpmConfigInfo: {
      // One kind of cluster powers idle hosts off: a cause that all its machines share.
      enabled: profile === 'dev',
      defaultDpmBehavior: profile === 'dev' ? 'automated' : 'manual',
      hostPowerActionRate: 3,
    },
    vsanConfigInfo: { enabled: profile === 'gpu' },
    group: groups(cluster, members),
    rule: rules(members),
  };
}

/** Cores of a host, also what a cluster's totals add up from. */
export const hostSize = { sockets: 2, cores: 32, threads: 64, mhz: 2600, memoryGiB: 768 } as const;

export function clusterObject(cluster: Cluster, members: PlacementMembers): VsphereRawObject {
  const count = cluster.hosts.length;
  // A cluster is green while its hosts are; one in maintenance is no fault.
  const status = 'green';
  const summary = {
    totalCpu: hostSize.cores * hostSize.mhz * count,
    totalMemory: hostSize.memoryGiB * GiB * count,
    numCpuCores: hostSize.cores * count,
    numCpuThreads: hostSize.threads * count,
    effectiveCpu: hostSize.cores * hostSize.mhz * count,
    effectiveMemory: hostSize.memoryGiB * 1024 * count,
    numHosts: count,
    numEffectiveHosts: count,
    overallStatus: status,
  };
  const common = {
    name: storedName(cluster.name),
    parent: reference('Folder', siteFolder(cluster.site, 'host')),
    overallStatus: status,
    datastore: [...cluster.datastores, ...cluster.site.datastores].map(({ id }) =>
      reference('Datastore', id),
    ),
    network: networksOf(cluster).map(networkReference),
    $path: `${cluster.site.name}/host/${cluster.name}`,
  };
  if (cluster.isStandalone) {
    return rawObject('ComputeResource', cluster.id, {
      ...common,
      summary: { $type: 'ComputeResourceSummary', ...summary },
    });
  }
  return rawObject('ClusterComputeResource', cluster.id, {
    ...common,
    summary: {
      $type: 'ClusterComputeResourceSummary',
      ...summary,
      currentFailoverLevel: 1,
      numVmotions: 4000 + cluster.index,
      ...(cluster.profile === 'prod' ? { currentEVCModeKey: 'intel-cascadelake' } : {}),
    },
    configurationEx: configuration(cluster, members),
  });
}
