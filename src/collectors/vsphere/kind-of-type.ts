import type { EntityKind } from '../../graph/model/index.js';
import type { RawObject } from '../contract.js';
import { vsphereTypes, type VsphereType } from './raw.js';

const kinds: Readonly<Record<VsphereType, EntityKind>> = {
  Folder: 'Folder',
  StoragePod: 'DatastoreCluster',
  Datacenter: 'Datacenter',
  Tag: 'Tag',
  ClusterComputeResource: 'Cluster',
  ComputeResource: 'Cluster',
  Datastore: 'Datastore',
  DistributedVirtualSwitch: 'Switch',
  VmwareDistributedVirtualSwitch: 'Switch',
  HostSystem: 'Host',
  Network: 'Network',
  OpaqueNetwork: 'Network',
  DistributedVirtualPortgroup: 'Network',
  ResourcePool: 'ResourcePool',
  VirtualApp: 'ResourcePool',
  VirtualMachine: 'VirtualMachine',
};

const types: ReadonlySet<string> = new Set(vsphereTypes);

export const isVsphereType = (type: string): type is VsphereType => types.has(type);

/** The kind that stands for objects of a type; machines that are templates have a kind of their own. */
export const kindOfType = (type: VsphereType): EntityKind => kinds[type];

/** The kind of one raw object, `undefined` for types that are not read. */
export const kindOf = (object: RawObject): EntityKind | undefined => {
  if (!isVsphereType(object.type)) return undefined;
  const template = object.type === 'VirtualMachine' && object.body['config.template'] === true;
  return template ? 'Template' : kinds[object.type];
};
