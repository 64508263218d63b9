import { record, type AnyRecord } from '../../../graph/model/index.js';
import { edgeByType, known } from './edges.js';
import type { SourceObject } from './source-object.js';

export function mapDatastore(object: SourceObject): AnyRecord[] {
  const { fields } = object;
  const summary = fields.part('summary');
  const vmfs = fields.part('info').part('vmfs');
  const nas = fields.part('info').part('nas');
  return [
    record(
      'Datastore',
      object.id,
      object.name,
      {
        type: summary.filled('type'),
        url: summary.filled('url'),
        capacityBytes: summary.integer('capacity'),
        freeBytes: summary.integer('freeSpace'),
        uncommittedBytes: summary.integer('uncommitted'),
        accessible: summary.flag('accessible'),
        multipleHostAccess: summary.flag('multipleHostAccess'),
        maintenanceMode: summary.filled('maintenanceMode'),
        vmfsVersion: vmfs.filled('version'),
        extents: vmfs.objects('extent').flatMap((extent) => extent.filled('diskName') ?? []),
        nasHost: nas.filled('remoteHost'),
        nasPath: nas.filled('remotePath'),
        ioControlSupported: fields.flag('capability.storageIORMSupported'),
        ioControlEnabled: fields.flag('iormConfiguration.enabled'),
        ioControlThresholdMs: fields.integer('iormConfiguration.congestionThreshold'),
      },
      known({
        parent: edgeByType(
          ['Folder', 'Datacenter', 'DatastoreCluster'],
          fields.reference('parent'),
        ),
        tags: object.tags,
      }),
    ),
  ];
}

export function mapDatastoreCluster(object: SourceObject): AnyRecord[] {
  const { fields } = object;
  const summary = fields.part('summary');
  const storageDrs = fields.part('podStorageDrsEntry').part('storageDrsConfig');
  return [
    record(
      'DatastoreCluster',
      object.id,
      object.name,
      {
        capacityBytes: summary.integer('capacity'),
        freeBytes: summary.integer('freeSpace'),
        storageDrsEnabled: storageDrs.part('podConfig').flag('enabled'),
        path: object.path,
      },
      known({ parent: edgeByType(['Folder', 'Datacenter'], fields.reference('parent')) }),
    ),
  ];
}
