import type { EntityKind, AnyRecord } from '../../../graph/model/index.js';
import type { MappedObject, RawObject } from '../../contract.js';
import { KubevirtObjectError } from '../errors.js';
import { mapCluster } from './cluster.js';
import { mapInstanceType, mapPreference } from './instance-type.js';
import { mapNamespace, mapResourceQuota } from './namespace.js';
import { mapNetworkAttachment, mapNodeNetworkPolicy } from './network.js';
import { mapNodeInterfaces } from './node-interface.js';
import { mapNode } from './node.js';
import { mapClaim, mapDataVolume, mapStorageClass } from './storage.js';
import { mapVirtualMachine } from './virtual-machine.js';

const alone = (record: AnyRecord): MappedObject => ({
  records: [record],
  owned: [],
  omissions: [],
});

const withParts = (records: readonly AnyRecord[], owned: readonly EntityKind[]): MappedObject => ({
  records,
  owned,
  omissions: [],
});

type Mapper = (object: RawObject) => MappedObject;

const mappers: Readonly<Record<string, Mapper>> = {
  KubernetesCluster: (object) => alone(mapCluster(object)),
  Namespace: (object) => alone(mapNamespace(object)),
  Node: (object) => withParts([mapNode(object), ...mapNodeInterfaces(object)], ['NodeInterface']),
  ResourceQuota: (object) => alone(mapResourceQuota(object)),
  StorageClass: (object) => alone(mapStorageClass(object)),
  NetworkAttachment: (object) => {
    const { record, omissions } = mapNetworkAttachment(object);
    return { records: [record], owned: [], omissions };
  },
  NodeNetworkPolicy: (object) => alone(mapNodeNetworkPolicy(object)),
  PersistentVolumeClaim: (object) => alone(mapClaim(object)),
  DataVolume: (object) => alone(mapDataVolume(object)),
  InstanceType: (object) => alone(mapInstanceType(object)),
  Preference: (object) => alone(mapPreference(object)),
  VirtualMachine: (object) => withParts(mapVirtualMachine(object), ['Disk', 'Nic', 'Device']),
};

/**
 * Records of one raw object of a target.
 *
 * @throws KubevirtObjectError where it lacks what the API promises of every such object.
 */
export function mapObject(object: RawObject): MappedObject {
  const mapper = mappers[object.type];
  if (mapper === undefined) {
    throw new KubevirtObjectError(object.type, object.externalId, 'its type is not known here');
  }
  try {
    return mapper(object);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new KubevirtObjectError(object.type, object.externalId, why.replace(/\s+/gu, ' '));
  }
}
