import { record, type AnyRecord } from '../../../graph/model/index.js';
import { edgesTo, edgeByType, known } from './edges.js';
import type { Fields } from './fields.js';
import { mapHostNetworking } from './host-networking.js';
import type { SourceObject } from './source-object.js';
import { servicesByDevice } from './vmkernel-services.js';

/** Where vendors put the serial number, the best first. */
const serialTags = ['ServiceTag', 'SerialNumberTag', 'EnclosureSerialNumberTag'];

function serialNumber(system: Fields, hardware: Fields): string | undefined {
  const own = system.filled('serialNumber');
  if (own !== undefined) return own;
  const tags = new Map(
    hardware
      .objects('otherIdentifyingInfo')
      .map((tag) => [tag.part('identifierType').text('key'), tag.filled('identifierValue')]),
  );
  return serialTags.map((tag) => tags.get(tag)).find((value) => value !== undefined);
}

/** A world wide name is a signed 64-bit number in the API and eight pairs on every label. */
const worldWideName = (number: string): string | undefined =>
  /^-?\d{1,20}$/u.test(number)
    ? (BigInt.asUintN(64, BigInt(number)).toString(16).padStart(16, '0').match(/../gu) ?? []).join(
        ':',
      )
    : undefined;

function adapterLine(adapter: Fields): string | undefined {
  const device = adapter.filled('device');
  if (device === undefined) return undefined;
  const type = adapter.class.replace(/^Host|Hba$/gu, '');
  const name =
    adapter.filled('iScsiName') ?? worldWideName(adapter.text('portWorldWideName') ?? '');
  return [device, type, name ?? ''].join(' ').trim();
}

function managementIps(host: Fields): readonly string[] {
  const devices = new Set(
    servicesByDevice(host).flatMap(([device, service]) => (service === 'management' ? device : [])),
  );
  return host
    .objects('config.network.vnic')
    .filter((adapter) => devices.has(adapter.text('device') ?? ''))
    .flatMap((adapter) => adapter.part('spec').part('ip').filled('ipAddress') ?? []);
}

const identity = (fields: Fields): Record<string, string | undefined> => {
  const hardware = fields.part('summary.hardware');
  const system = fields.part('hardware.systemInfo');
  const product = fields.part('config.product');
  return {
    cpuModel: hardware.filled('cpuModel'),
    productName: product.filled('name'),
    productVersion: product.filled('version'),
    productBuild: product.filled('build'),
    vendor: system.filled('vendor') ?? hardware.filled('vendor'),
    model: system.filled('model') ?? hardware.filled('model'),
    serialNumber: serialNumber(system, hardware),
    biosVersion: fields.part('hardware.biosInfo').filled('biosVersion'),
    uuid: system.filled('uuid') ?? hardware.filled('uuid'),
  };
};

/** A host with its switches, port groups, network cards and VMkernel adapters. */
export function mapHost(object: SourceObject): AnyRecord[] {
  const { fields } = object;
  const hardware = fields.part('summary.hardware');
  const usage = fields.part('summary.quickStats');
  const clock = fields.part('config.dateTimeInfo');
  const host = record(
    'Host',
    object.id,
    object.name,
    {
      ...identity(fields),
      overallStatus: fields.filled('overallStatus'),
      connectionState: fields.filled('runtime.connectionState'),
      powerState: fields.filled('runtime.powerState'),
      inMaintenanceMode: fields.flag('runtime.inMaintenanceMode'),
      managementServerIp: fields.filled('summary.managementServerIp'),
      managementIps: managementIps(fields),
      thumbprint: fields.filled('summary.config.sslThumbprint'),
      timezone: clock.part('timeZone').filled('name'),
      cpuSockets: hardware.integer('numCpuPkgs'),
      cpuCores: hardware.integer('numCpuCores'),
      cpuThreads: hardware.integer('numCpuThreads'),
      cpuMHz: hardware.integer('cpuMhz'),
      cpuUsageMHz: usage.integer('overallCpuUsage'),
      memoryBytes: hardware.integer('memorySize'),
      memoryUsageMB: usage.integer('overallMemoryUsage'),
      vmotionSupported: fields.flag('capability.vmotionSupported'),
      storageVMotionSupported: fields.flag('capability.storageVMotionSupported'),
      bootedAt: fields.moment('runtime.bootTime'),
      hbas: fields
        .objects('config.storageDevice.hostBusAdapter')
        .flatMap((adapter) => adapterLine(adapter) ?? []),
      scsiLuns: fields
        .objects('config.storageDevice.scsiLun')
        .flatMap((lun) => lun.filled('canonicalName') ?? []),
      ntpServers: clock.part('ntpConfig').texts('server'),
    },
    known({
      cluster: edgeByType(['Cluster'], fields.reference('parent')),
      datastores: edgesTo('Datastore', fields.references('datastore')),
      networks: edgesTo('Network', fields.references('network')),
      tags: object.tags,
    }),
  );
  return [host, ...mapHostNetworking(object)];
}
