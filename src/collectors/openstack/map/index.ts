import type { AnyRecord, EntityKind } from '../../../graph/model/index.js';
import type { MappedObject, RawObject } from '../../contract.js';
import { OpenstackObjectError } from '../errors.js';
import { isAdapter, openstackTypes, type OpenstackType } from '../raw.js';
import { mapAvailabilityZone, mapFlavor, mapHypervisor, mapServerGroup } from './compute.js';
import { Fields } from './fields.js';
import { mapDomain, mapProject } from './identity.js';
import { mapImage } from './image.js';
import { mapNetwork, mapRouter, mapSecurityGroup, mapSubnet } from './network.js';
import { mapFloatingIp, mapPort } from './port.js';
import { mapServer } from './server.js';
import { mapStoragePool, mapVolume, mapVolumeSnapshot, mapVolumeType } from './storage.js';

interface Mapper {
  readonly kind: EntityKind;
  readonly map: (id: string, fields: Fields, object: RawObject) => readonly AnyRecord[];
  /** Kinds of its parts. */
  readonly owned?: readonly EntityKind[];
}

const mappers: Readonly<Record<OpenstackType, Mapper>> = {
  domain: { kind: 'Domain', map: mapDomain },
  project: { kind: 'Project', map: mapProject },
  hypervisor: { kind: 'Host', map: mapHypervisor },
  availabilityZone: { kind: 'AvailabilityZone', map: mapAvailabilityZone },
  flavor: { kind: 'Flavor', map: mapFlavor },
  image: { kind: 'Image', map: (_id, fields, object) => mapImage(object, fields) },
  volumeType: { kind: 'VolumeType', map: mapVolumeType },
  storagePool: { kind: 'Datastore', map: mapStoragePool },
  volume: { kind: 'Volume', map: mapVolume, owned: ['Disk'] },
  volumeSnapshot: { kind: 'VolumeSnapshot', map: mapVolumeSnapshot },
  network: { kind: 'Network', map: mapNetwork },
  subnet: { kind: 'Subnet', map: mapSubnet },
  securityGroup: { kind: 'SecurityGroup', map: mapSecurityGroup, owned: ['SecurityGroupRule'] },
  router: { kind: 'Router', map: mapRouter },
  port: { kind: 'Port', map: mapPort },
  floatingIp: { kind: 'FloatingIp', map: mapFloatingIp },
  server: { kind: 'VirtualMachine', map: mapServer, owned: ['Disk'] },
  serverGroup: { kind: 'ServerGroup', map: mapServerGroup },
};

const isType = (type: string): type is OpenstackType =>
  openstackTypes.some((known) => known === type);

/** The kind of one raw object; undefined for types that are not read. */
export const kindOf = ({ type, body }: RawObject): EntityKind | undefined => {
  if (!isType(type)) return undefined;
  const adapter =
    type === 'port' && isAdapter(body.device_owner) && typeof body.device_id === 'string';
  return adapter && body.device_id !== '' ? 'Nic' : mappers[type].kind;
};

/**
 * Records of one raw object of a cloud.
 *
 * @throws OpenstackObjectError for a type that is not known here.
 */
export function mapObject(object: RawObject): MappedObject {
  const { type, externalId } = object;
  const kind = kindOf(object);
  if (!isType(type) || kind === undefined) {
    throw new OpenstackObjectError(type, externalId, 'its type is not known here');
  }
  const { map, owned = [] } = mappers[type];
  const fields = Fields.of(object, kind);
  const records = map(externalId, fields, object);
  return { records, owned, omissions: fields.omissions };
}
