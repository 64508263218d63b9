import type { Keeper, KindDefinition, PropertiesOf } from './kind.js';
import { cause, concern } from './kinds/analysis.js';
import { availabilityZone, flavor, image, serverGroup } from './kinds/cloud-compute.js';
import {
  floatingIp,
  port,
  router,
  securityGroup,
  securityGroupRule,
  subnet,
} from './kinds/cloud-networking.js';
import { volume, volumeSnapshot, volumeType } from './kinds/cloud-storage.js';
import {
  cluster,
  datacenter,
  drsGroup,
  drsRule,
  folder,
  host,
  resourcePool,
  tag,
} from './kinds/compute.js';
import { guest, operatingSystem } from './kinds/guest.js';
import {
  driveMapping,
  encryptedDevice,
  guestFile,
  guestFinding,
  guestInterface,
  guestUser,
  mount,
} from './kinds/guest-parts.js';
import {
  application,
  listener,
  scheduledJob,
  service,
  softwarePackage,
  workload,
} from './kinds/guest-software.js';
import {
  dataVolume,
  instanceType,
  kubernetesCluster,
  namespace,
  networkAttachment,
  node,
  nodeInterface,
  nodeNetworkPolicy,
  persistentVolumeClaim,
  preference,
  resourceQuota,
  storageClass,
} from './kinds/kubernetes.js';
import {
  device,
  disk,
  fileSystem,
  guestNetwork,
  guestRoute,
  nic,
  snapshot,
} from './kinds/machine-parts.js';
import { network, portGroup, virtualSwitch, vlan, vmkernelAdapter } from './kinds/networking.js';
import { bond, physicalNic, physicalSwitch, switchPort } from './kinds/physical-networking.js';
import { domain, project } from './kinds/project.js';
import { datastore, datastoreCluster } from './kinds/storage.js';
import { template, virtualMachine } from './kinds/virtual-machine.js';

/**
 * The graph model: every node kind, in an order in which most relationships point back to kinds
 * that were loaded before. Search fields, API types, load queries, indexes, CSV columns and
 * docs/model.md are all made from it.
 */
export const model = {
  Folder: folder,
  Datacenter: datacenter,
  Tag: tag,
  Cluster: cluster,
  DatastoreCluster: datastoreCluster,
  Datastore: datastore,
  Vlan: vlan,
  Host: host,
  Switch: virtualSwitch,
  Network: network,
  PortGroup: portGroup,
  PhysicalSwitch: physicalSwitch,
  SwitchPort: switchPort,
  Bond: bond,
  PhysicalNic: physicalNic,
  VmkernelAdapter: vmkernelAdapter,
  ResourcePool: resourcePool,
  KubernetesCluster: kubernetesCluster,
  Node: node,
  NodeInterface: nodeInterface,
  NodeNetworkPolicy: nodeNetworkPolicy,
  Namespace: namespace,
  ResourceQuota: resourceQuota,
  StorageClass: storageClass,
  NetworkAttachment: networkAttachment,
  PersistentVolumeClaim: persistentVolumeClaim,
  DataVolume: dataVolume,
  InstanceType: instanceType,
  Preference: preference,
  Domain: domain,
  Project: project,
  AvailabilityZone: availabilityZone,
  Flavor: flavor,
  Image: image,
  VolumeType: volumeType,
  Volume: volume,
  VolumeSnapshot: volumeSnapshot,
  Subnet: subnet,
  SecurityGroup: securityGroup,
  SecurityGroupRule: securityGroupRule,
  Router: router,
  Port: port,
  Template: template,
  VirtualMachine: virtualMachine,
  Disk: disk,
  Nic: nic,
  Device: device,
  Snapshot: snapshot,
  FloatingIp: floatingIp,
  ServerGroup: serverGroup,
  Package: softwarePackage,
  Guest: guest,
  OperatingSystem: operatingSystem,
  FileSystem: fileSystem,
  Mount: mount,
  EncryptedDevice: encryptedDevice,
  DriveMapping: driveMapping,
  GuestUser: guestUser,
  GuestFile: guestFile,
  GuestInterface: guestInterface,
  GuestFinding: guestFinding,
  Service: service,
  ScheduledJob: scheduledJob,
  Listener: listener,
  Application: application,
  Workload: workload,
  GuestNetwork: guestNetwork,
  GuestRoute: guestRoute,
  DrsGroup: drsGroup,
  DrsRule: drsRule,
  Concern: concern,
  Cause: cause,
} as const satisfies Record<string, KindDefinition>;

export type Model = typeof model;
export type Kind = keyof Model;

/** Kinds whose nodes collectors write and syncs keep: those with the label Entity. */
export type EntityKind = {
  [K in Kind]: Model[K]['keeper'] extends 'collector' ? K : never;
}[Kind];

export const kinds = Object.keys(model) as readonly Kind[];

export const isKind = (name: string): name is Kind => Object.hasOwn(model, name);

export const isEntityKind = (name: string): name is EntityKind =>
  isKind(name) && model[name].keeper === 'collector';

export const entityKinds: readonly EntityKind[] = kinds.filter(isEntityKind);

/** The declaration of a kind, widened for code that walks the model. */
export const kindDefinition = (kind: Kind): KindDefinition => model[kind];

export type KindProperties<K extends Kind> = PropertiesOf<Model[K]>;

/** Relationships that a record of the kind carries: all but those another part keeps. */
export type EdgeName<K extends Kind> = Extract<
  {
    [E in keyof Model[K]['edges']]: Model[K]['edges'][E] extends { keeper: Keeper } ? never : E;
  }[keyof Model[K]['edges']],
  string
>;
