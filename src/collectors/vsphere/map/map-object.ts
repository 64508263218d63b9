import {
  kindDefinition,
  type AnyRecord,
  type EdgeName,
  type EntityKind,
} from '../../../graph/model/index.js';
import type { MappedObject, RawObject } from '../../contract.js';
import { isVsphereType } from '../kind-of-type.js';
import { addedKeys, type VsphereType } from '../raw.js';
import { mapCluster } from './cluster.js';
import { mapDatastore, mapDatastoreCluster } from './datastore.js';
import { mapHost } from './host.js';
import { mapDistributedPortGroup, mapDistributedSwitch, mapNetwork } from './network.js';
import { mapDatacenter, mapFolder, mapTag } from './places.js';
import { mapResourcePool } from './resource-pool.js';
import { SourceObject } from './source-object.js';
import { mapVirtualMachine } from './virtual-machine.js';

/** Kinds that people can attach tags to, as far as the model keeps them. */
type TaggedKind = { [K in EntityKind]: 'tags' extends EdgeName<K> ? K : never }[EntityKind];

interface Mapping {
  readonly map: (object: SourceObject) => AnyRecord[];
  readonly owned: readonly EntityKind[];
}

const alone = (map: Mapping['map']): Mapping => ({ map, owned: [] });
const cluster: Mapping = { map: mapCluster, owned: ['DrsGroup', 'DrsRule'] };
const pool = alone(mapResourcePool);

const mappings: Readonly<Record<Exclude<VsphereType, 'VirtualMachine'>, Mapping>> = {
  Folder: alone(mapFolder),
  StoragePod: alone(mapDatastoreCluster),
  Datacenter: alone(mapDatacenter),
  Tag: alone(mapTag),
  ClusterComputeResource: cluster,
  ComputeResource: cluster,
  Datastore: alone(mapDatastore),
  DistributedVirtualSwitch: alone(mapDistributedSwitch),
  VmwareDistributedVirtualSwitch: alone(mapDistributedSwitch),
  HostSystem: {
    map: mapHost,
    owned: ['Switch', 'PortGroup', 'Bond', 'PhysicalNic', 'VmkernelAdapter'],
  },
  Network: alone(mapNetwork),
  OpaqueNetwork: alone(mapNetwork),
  DistributedVirtualPortgroup: alone(mapDistributedPortGroup),
  ResourcePool: pool,
  VirtualApp: pool,
};

const hasTags = (record: AnyRecord): record is Extract<AnyRecord, { readonly kind: TaggedKind }> =>
  'tags' in kindDefinition(record.kind).edges;

/**
 * Records of one raw object. Pure: it looks at nothing but the object, and an odd value costs that
 * value alone.
 */
function mapKnown(raw: RawObject): MappedObject {
  if (!isVsphereType(raw.type)) {
    const why = 'no type of vSphere that is known here';
    return {
      records: [],
      owned: [],
      omissions: [{ kind: 'source', externalId: raw.externalId, what: raw.type, why }],
    };
  }
  if (raw.type === 'VirtualMachine') return mapVirtualMachine(raw);
  const object = new SourceObject(raw);
  const { map, owned } = mappings[raw.type];
  return { records: map(object), owned, omissions: object.remarks.omissions };
}

/** Records of one raw object; see {@link mapKnown}. Tags that were refused are not taken for gone. */
export function mapObject(raw: RawObject): MappedObject {
  const mapped = mapKnown(raw);
  if (raw.body[addedKeys.tags] !== null) return mapped;
  const [first, ...parts] = mapped.records;
  if (first === undefined || !hasTags(first)) return mapped;
  return { ...mapped, records: [{ ...first, unread: ['tags'] }, ...parts] };
}
