/**
 * Ids of what an export names. RVTools gives managed object references for a few kinds and in its
 * newer versions alone, so places go by name; every id begins with the vCenter, since an export
 * may hold several and the next one of the same source may hold one more.
 */
export const ids = {
  datacenter: (vCenter: string, name: string) => `${vCenter}/datacenter/${name}`,
  cluster: (vCenter: string, datacenter: string, name: string) =>
    `${vCenter}/cluster/${datacenter}/${name}`,
  /** A host that is in no cluster is one of its own. */
  standalone: (vCenter: string, host: string) => `${vCenter}/standalone/${host}`,
  host: (vCenter: string, name: string) => `${vCenter}/host/${name}`,
  datastore: (vCenter: string, key: string) => `${vCenter}/datastore/${key}`,
  datastoreCluster: (vCenter: string, name: string) => `${vCenter}/datastorecluster/${name}`,
  folder: (vCenter: string, datacenter: string, path: string) =>
    `${vCenter}/folder/${datacenter}/${path}`,
  pool: (vCenter: string, path: string) => `${vCenter}/pool/${path}`,
  standardNetwork: (vCenter: string, datacenter: string, name: string) =>
    `${vCenter}/network/${datacenter}/${name}`,
  portGroup: (vCenter: string, distributedSwitch: string, name: string) =>
    `${vCenter}/portgroup/${distributedSwitch}/${name}`,
  distributedSwitch: (vCenter: string, datacenter: string, name: string) =>
    `${vCenter}/dvswitch/${datacenter}/${name}`,
} as const;
