import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import { known } from '../../vsphere/map/edges.js';
import { added } from '../estate/added-columns.js';
import type { RvtoolsObject } from './rvtools-object.js';

/** Inventory path of a folder, which its id ends with: `<vCenter>/folder/<datacenter>/vm/…`. */
export const folderPath = (id: string): string => id.split('/').slice(2).join('/');

const parentOf = (object: RvtoolsObject) => {
  const datacenter = object.made(added.datacenter);
  return datacenter === undefined ? undefined : to('Datacenter', datacenter);
};

const nameOf = (object: RvtoolsObject): string => object.made(added.name) ?? object.id;

export const mapDatacenter = (object: RvtoolsObject): AnyRecord[] => [
  record('Datacenter', object.id, nameOf(object), { path: nameOf(object) }, {}),
];

export function mapFolder(object: RvtoolsObject): AnyRecord[] {
  const above = object.made(added.folder);
  const parent = above === undefined ? parentOf(object) : to('Folder', above);
  const properties = { folderType: 'vm', path: folderPath(object.id) };
  return [record('Folder', object.id, nameOf(object), properties, known({ parent }))];
}

export function mapCluster(object: RvtoolsObject): AnyRecord[] {
  const row = object.one('vCluster');
  const memory = row.bytes('totalmemory');
  const isStandalone = object.made(added.variant) === 'standalone';
  return [
    record(
      'Cluster',
      object.id,
      nameOf(object),
      {
        variant: isStandalone ? 'standalone' : 'cluster',
        overallStatus: row.text('overallstatus') ?? row.text('configstatus'),
        drsEnabled: row.flag('drsenabled'),
        drsBehavior: row.text('drsdefaultvmbehavior'),
        haEnabled: row.flag('haenabled'),
        admissionControlEnabled: row.flag('admissioncontrolenabled'),
        haHostMonitoring: row.text('hostmonitoring'),
        dpmEnabled: row.flag('dpmenabled'),
        dpmBehavior: row.text('dpmdefaultbehavior'),
        hostCount: row.integer('numhosts'),
        cpuTotalMHz: row.integer('totalcpu'),
        cpuCores: row.integer('numcpucores'),
        memoryTotalBytes: memory,
      },
      known({
        parent: parentOf(object),
        datastores: object.allMade(added.datastore).map((id) => to('Datastore', id)),
        networks: object.allMade(added.network).map((id) => to('Network', id)),
      }),
    ),
  ];
}

/** Types of datastores as vSphere writes them. */
const datastoreTypes: Readonly<Record<string, string>> = { vsan: 'vsan', vvol: 'VVOL' };

function nas(address: string | undefined): { host?: string; path?: string } {
  const match = /^([^/:\s]+|\[[^\]]+\]):?(\/\S*)$/u.exec(address ?? '');
  return match?.[1] === undefined || match[2] === undefined
    ? {}
    : { host: match[1], path: match[2] };
}

export function mapDatastore(object: RvtoolsObject): AnyRecord[] {
  const row = object.one('vDatastore');
  const type = row.text('type');
  const isNas = type?.toUpperCase().startsWith('NFS') === true;
  const { host, path } = isNas ? nas(row.text('address')) : {};
  const capacity = row.bytes('capacitymib');
  const free = row.bytes('freemib');
  const provisioned = row.bytes('provisionedmib');
  const used = capacity === undefined || free === undefined ? undefined : capacity - free;
  const cluster = row.text(added.datastoreCluster);
  return [
    record(
      'Datastore',
      object.id,
      nameOf(object),
      {
        type: type === undefined ? undefined : (datastoreTypes[type.toLowerCase()] ?? type),
        url: row.text('url'),
        capacityBytes: capacity,
        freeBytes: free,
        uncommittedBytes:
          provisioned === undefined || used === undefined
            ? undefined
            : Math.max(0, provisioned - used),
        accessible: row.flag('accessible'),
        multipleHostAccess: row.flag('mha'),
        vmfsVersion: type === 'VMFS' ? row.text('version') : undefined,
        nasHost: host,
        nasPath: path,
        ioControlEnabled: row.flag('siocenabled'),
        ioControlThresholdMs: row.integer('siocthreshold'),
      },
      known({ parent: cluster === undefined ? undefined : to('DatastoreCluster', cluster) }),
    ),
  ];
}

export function mapDatastoreCluster(object: RvtoolsObject): AnyRecord[] {
  const row = object.one('made');
  const properties = {
    capacityBytes: row.bytes('clustercapacitymib'),
    freeBytes: row.bytes('clusterfreespacemib'),
  };
  return [record('DatastoreCluster', object.id, nameOf(object), properties, {})];
}

const invisibleRoot = 'Resources';

export function mapResourcePool(object: RvtoolsObject): AnyRecord[] {
  const row = object.one('vRP');
  const name = row.text(added.name) ?? object.id;
  const parent = row.text(added.pool);
  const cluster = row.text(added.cluster);
  const isRoot = parent === undefined && name === invisibleRoot;
  return [
    record(
      'ResourcePool',
      object.id,
      name,
      {
        isRoot,
        cpuReservationMHz: row.integer('cpureservation'),
        cpuLimitMHz: row.ceiling('cpulimit'),
        cpuShares: row.integer('cpushares'),
        memoryReservationMB: row.integer('memreservation'),
        memoryLimitMB: row.ceiling('memlimit'),
        memoryShares: row.integer('memshares'),
      },
      known({
        parent: parent === undefined ? undefined : to('ResourcePool', parent),
        cluster: cluster === undefined ? undefined : to('Cluster', cluster),
      }),
    ),
  ];
}
