import type { AnyRecord, EntityKind } from '../../../graph/model/index.js';
import type { MappedObject, RawObject } from '../../contract.js';
import type { RvtoolsType } from '../estate/stage.js';
import type { SheetName } from '../sheets.js';
import { mapHost } from './host.js';
import { mapDistributedSwitch, mapNetwork } from './networks.js';
import {
  mapCluster,
  mapDatacenter,
  mapDatastore,
  mapDatastoreCluster,
  mapFolder,
  mapResourcePool,
} from './places.js';
import { RvtoolsObject } from './rvtools-object.js';
import { mapVirtualMachine } from './virtual-machine.js';

interface Mapping {
  readonly kind: EntityKind;
  readonly map: (object: RvtoolsObject) => AnyRecord[];
  /** Kinds of its parts, with the sheet without which nothing is known of them. */
  readonly parts: readonly (readonly [EntityKind, SheetName])[];
}

const alone = (kind: EntityKind, map: Mapping['map']): Mapping => ({ kind, map, parts: [] });

const mappings: Readonly<Record<Exclude<RvtoolsType, 'Machine'>, Mapping>> = {
  Datacenter: alone('Datacenter', mapDatacenter),
  Folder: alone('Folder', mapFolder),
  Cluster: alone('Cluster', mapCluster),
  Datastore: alone('Datastore', mapDatastore),
  DatastoreCluster: alone('DatastoreCluster', mapDatastoreCluster),
  Network: alone('Network', mapNetwork),
  DistributedSwitch: alone('Switch', mapDistributedSwitch),
  ResourcePool: alone('ResourcePool', mapResourcePool),
  Host: {
    kind: 'Host',
    map: mapHost,
    parts: [
      ['Switch', 'vSwitch'],
      ['PortGroup', 'vPort'],
      ['PhysicalNic', 'vNIC'],
      ['VmkernelAdapter', 'vSC_VMK'],
    ],
  },
};

const isKnown = (type: string): type is keyof typeof mappings => Object.hasOwn(mappings, type);

/** Records of one raw object of an export. */
export function mapObject(raw: RawObject): MappedObject {
  if (raw.type === 'Machine') return mapVirtualMachine(raw);
  if (!isKnown(raw.type)) {
    const why = 'no type of an RVTools export that is known here';
    const omission = { kind: 'source', externalId: raw.externalId, what: raw.type, why } as const;
    return { records: [], owned: [], omissions: [omission] };
  }
  const { kind, map, parts } = mappings[raw.type];
  const object = new RvtoolsObject(raw, kind);
  return {
    records: map(object),
    owned: parts.flatMap(([part, sheet]) => (object.has(sheet) ? part : [])),
    omissions: object.remarks.omissions,
  };
}
