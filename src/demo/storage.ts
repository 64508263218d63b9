import type { VsphereRawObject } from '../collectors/vsphere/raw.js';
import { siteFolder } from './folders.js';
import { GiB, rawObject, reference, storedName, type Body } from './inventory-value.js';
import type { Cluster, Datastore, Layout, Site } from './layout.js';
import { Random } from './random.js';

const podId = (site: Site): string => `group-p${500 + site.index}`;

export const clustersOf = (layout: Layout, site: Site): Cluster[] =>
  layout.clusters.filter((cluster) => cluster.site === site);

function url({ type, number }: Datastore): string {
  const id = number.toString(16).padStart(8, '0');
  return type === 'vsan' || type === 'VVOL'
    ? `ds:///vmfs/volumes/${type.toLowerCase()}:52${id}00000000-0000000000000000/`
    : `ds:///vmfs/volumes/${id}-5f1e3c4d-2a90-0050568b0cd4/`;
}

function info(datastore: Datastore): Body {
  const common = {
    name: storedName(datastore.name),
    url: url(datastore),
    freeSpace: datastore.freeGiB * GiB,
    maxFileSize: 64 * 1024 * GiB,
    maxMemoryFileSize: 64 * 1024 * GiB,
  };
  const random = new Random(4, 'datastore', datastore.number);
  switch (datastore.type) {
    case 'VMFS':
      return {
        $type: 'VmfsDatastoreInfo',
        ...common,
        vmfs: {
          $type: 'HostVmfsVolume',
          type: 'VMFS',
          name: datastore.name,
          capacity: datastore.capacityGiB * GiB,
          blockSizeMb: 1,
          maxBlocks: 63_963_136,
          majorVersion: 6,
          version: '6.82',
          uuid: random.uuid(),
          extent: [{ diskName: `naa.6006016${random.hexadecimal(25)}`, partition: 1 }],
          vmfsUpgradable: false,
        },
      };
    case 'NFS':
    case 'NFS41':
      return {
        $type: 'NasDatastoreInfo',
        ...common,
        nas: {
          $type: 'HostNasVolume',
          type: datastore.type,
          name: datastore.name,
          capacity: datastore.capacityGiB * GiB,
          remoteHost: 'filer01.example.com',
          remotePath: `/export/${datastore.name}`,
        },
      };
    case 'vsan':
      return { $type: 'VsanDatastoreInfo', ...common, membershipUuid: random.uuid() };
    case 'VVOL':
      return {
        $type: 'VvolDatastoreInfo',
        ...common,
        vvolDS: {
          type: 'VVOL',
          name: datastore.name,
          capacity: datastore.capacityGiB * GiB,
          scId: `vvol:${random.hexadecimal(16)}`,
          hostPE: [],
        },
      };
  }
}

function datastoreObject(site: Site, datastore: Datastore): VsphereRawObject {
  const parent =
    datastore.isPooled && datastore.isShared
      ? reference('StoragePod', podId(site))
      : reference('Folder', siteFolder(site, 'datastore'));
  const folder = parent.type === 'StoragePod' ? `/pool-${site.city}` : '';
  const free = datastore.freeGiB * GiB;
  return rawObject('Datastore', datastore.id, {
    name: storedName(datastore.name),
    parent,
    summary: {
      datastore: reference('Datastore', datastore.id),
      name: storedName(datastore.name),
      type: datastore.type,
      url: url(datastore),
      capacity: datastore.capacityGiB * GiB,
      freeSpace: free,
      uncommitted: datastore.accessible ? Math.floor(free * 0.6) : undefined,
      accessible: datastore.accessible,
      multipleHostAccess: datastore.isShared,
      maintenanceMode: 'normal',
    },
    info: info(datastore),
    'capability.storageIORMSupported': datastore.type === 'VMFS',
    'iormConfiguration.enabled': datastore.type === 'VMFS' && datastore.isPooled,
    'iormConfiguration.congestionThreshold': 30,
    $path: `${site.name}/datastore${folder}/${datastore.name}`,
  });
}

function podObject(layout: Layout, site: Site): VsphereRawObject {
  const pooled = clustersOf(layout, site)
    .flatMap(({ datastores }) => datastores)
    .filter(({ isPooled, isShared }) => isPooled && isShared);
  const sum = (of: (datastore: Datastore) => number): number =>
    pooled.reduce((total, datastore) => total + of(datastore) * GiB, 0);
  const name = `pool-${site.city}`;
  return rawObject('StoragePod', podId(site), {
    name,
    parent: reference('Folder', siteFolder(site, 'datastore')),
    summary: {
      name,
      capacity: sum(({ capacityGiB }) => capacityGiB),
      freeSpace: sum(({ freeGiB }) => freeGiB),
    },
    podStorageDrsEntry: {
      storageDrsConfig: {
        podConfig: {
          enabled: true,
          ioLoadBalanceEnabled: false,
          defaultVmBehavior: 'manual',
          loadBalanceInterval: 480,
          defaultIntraVmAffinity: true,
        },
      },
    },
    $path: `${site.name}/datastore/${name}`,
  });
}

/** Datastore clusters and datastores of a site. */
export function* podObjects(layout: Layout): Generator<VsphereRawObject> {
  for (const site of layout.sites) yield podObject(layout, site);
}

export function* datastoreObjects(layout: Layout): Generator<VsphereRawObject> {
  for (const site of layout.sites) {
    for (const datastore of site.datastores) yield datastoreObject(site, datastore);
  }
  for (const { site, datastores } of layout.clusters) {
    for (const datastore of datastores) yield datastoreObject(site, datastore);
  }
}
