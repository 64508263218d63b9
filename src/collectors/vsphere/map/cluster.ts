import { record, type AnyRecord } from '../../../graph/model/index.js';
import { mapPlacement } from './drs.js';
import { edgeByType, edgesTo, known } from './edges.js';
import type { SourceObject } from './source-object.js';

/** A cluster with its placement groups and rules; a standalone host is a cluster of one. */
export function mapCluster(object: SourceObject): AnyRecord[] {
  const { fields } = object;
  const summary = fields.part('summary');
  const configuration = fields.part('configurationEx');
  const ha = configuration.part('dasConfig');
  const drs = configuration.part('drsConfig');
  const dpm = configuration.part('dpmConfigInfo');
  const cluster = record(
    'Cluster',
    object.id,
    object.name,
    {
      variant: object.raw.type === 'ClusterComputeResource' ? 'cluster' : 'standalone',
      path: object.path,
      overallStatus: fields.filled('overallStatus'),
      drsEnabled: drs.flag('enabled'),
      drsBehavior: drs.filled('defaultVmBehavior'),
      haEnabled: ha.flag('enabled'),
      admissionControlEnabled: ha.flag('admissionControlEnabled'),
      haHostMonitoring: ha.filled('hostMonitoring'),
      dpmEnabled: dpm.flag('enabled'),
      dpmBehavior: dpm.filled('defaultDpmBehavior'),
      evcMode: summary.filled('currentEVCModeKey'),
      vsanEnabled: configuration.part('vsanConfigInfo').flag('enabled'),
      hostCount: summary.integer('numHosts'),
      cpuTotalMHz: summary.integer('totalCpu'),
      cpuCores: summary.integer('numCpuCores'),
      memoryTotalBytes: summary.integer('totalMemory'),
    },
    known({
      parent: edgeByType(['Folder', 'Datacenter'], fields.reference('parent')),
      datastores: edgesTo('Datastore', fields.references('datastore')),
      networks: edgesTo('Network', fields.references('network')),
      tags: object.tags,
    }),
  );
  return [cluster, ...mapPlacement(object, configuration)];
}
