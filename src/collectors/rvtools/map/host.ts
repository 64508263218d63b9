import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import { known } from '../../vsphere/map/edges.js';
import { added } from '../estate/added-columns.js';
import { listed } from '../listed.js';
import type { Cells } from './cells.js';
import { mapHostNetworking } from './host-networking.js';
import type { RvtoolsObject } from './rvtools-object.js';

/** `VMware ESXi 7.0.3 build-21424296` */
function productOf(written: string | undefined): {
  productName?: string;
  productVersion?: string;
  productBuild?: string;
} {
  const match = /^(.*?)\s+(\d[\d.]*)(?:\s+build-(\d+))?\s*$/u.exec(written ?? '');
  const [, productName, productVersion, productBuild] = match ?? [];
  return {
    ...(productName === undefined ? {} : { productName }),
    ...(productVersion === undefined ? {} : { productVersion }),
    ...(productBuild === undefined ? {} : { productBuild }),
  };
}

/** Share of a whole that the export gives in percent; both are rounded there. */
const shareOf = (percent: number | undefined, whole: number | undefined): number | undefined =>
  percent === undefined || whole === undefined ? undefined : Math.round((whole * percent) / 100);

const adapterLine = (row: Cells): string =>
  ['device', 'type', 'wwn']
    .map((column) => row.text(column) ?? '')
    .join(' ')
    .trim();

const cores = (row: Cells): number | undefined => row.integer('#cores');

function cpuUsage(row: Cells): number | undefined {
  const clock = row.integer('speed');
  const count = cores(row);
  const whole = clock === undefined || count === undefined ? undefined : clock * count;
  return shareOf(row.number('cpuusage%'), whole);
}

function hardware(row: Cells) {
  const memoryMiB = row.integer('#memory');
  return {
    cpuModel: row.text('cpumodel'),
    cpuSockets: row.integer('#cpu'),
    cpuCores: cores(row),
    cpuMHz: row.integer('speed'),
    cpuUsageMHz: cpuUsage(row),
    memoryBytes: row.bytes('#memory'),
    memoryUsageMB: shareOf(row.number('memoryusage%'), memoryMiB),
    vendor: row.text('vendor'),
    model: row.text('model'),
    serialNumber: row.first('serialnumber', 'servicetag'),
    biosVersion: row.text('biosversion'),
    uuid: row.text('uuid'),
  };
}

/** A host with its switches, port groups, network cards and VMkernel adapters. */
export function mapHost(object: RvtoolsObject): AnyRecord[] {
  const row = object.one('vHost');
  const cluster = object.made(added.cluster);
  const networks = new Set([
    ...object.allMade(added.network),
    ...object.all('vPort').flatMap((port) => port.text(added.network) ?? []),
  ]);
  const luns = object.all('vMultiPath').flatMap((path) => path.text('disk') ?? []);
  const host = record(
    'Host',
    object.id,
    object.made(added.name) ?? object.id,
    {
      ...hardware(row),
      ...productOf(row.text('esxversion')),
      overallStatus: row.text('configstatus'),
      inMaintenanceMode: row.flag('inmaintenancemode'),
      timezone: row.first('timezonename', 'timezone'),
      vmotionSupported: row.flag('vmotionsupport'),
      storageVMotionSupported: row.flag('storagevmotionsupport'),
      bootedAt: row.moment('boottime'),
      hbas: object.all('vHBA').map(adapterLine),
      scsiLuns: [...new Set(luns)],
      ntpServers: listed(row.text('ntpservers')),
    },
    known({
      cluster: cluster === undefined ? undefined : to('Cluster', cluster),
      datastores: object.allMade(added.datastore).map((id) => to('Datastore', id)),
      networks: [...networks].map((id) => to('Network', id)),
    }),
  );
  return [host, ...mapHostNetworking(object)];
}
