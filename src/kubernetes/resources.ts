import type { Resource } from './kubernetes-object.js';

const namespaced = (group: string, version: string, plural: string, kind: string): Resource => ({
  group,
  version,
  plural,
  kind,
  namespaced: true,
});

const clusterWide = (group: string, version: string, plural: string, kind: string): Resource => ({
  group,
  version,
  plural,
  kind,
  namespaced: false,
});

/** Every resource that the product reads or writes, named as its kind. */
export const resources = {
  node: clusterWide('', 'v1', 'nodes', 'Node'),
  namespace: clusterWide('', 'v1', 'namespaces', 'Namespace'),
  pod: namespaced('', 'v1', 'pods', 'Pod'),
  secret: namespaced('', 'v1', 'secrets', 'Secret'),
  configMap: namespaced('', 'v1', 'configmaps', 'ConfigMap'),
  event: namespaced('', 'v1', 'events', 'Event'),
  service: namespaced('', 'v1', 'services', 'Service'),
  resourceQuota: namespaced('', 'v1', 'resourcequotas', 'ResourceQuota'),
  persistentVolumeClaim: namespaced('', 'v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'),
  job: namespaced('batch', 'v1', 'jobs', 'Job'),
  storageClass: clusterWide('storage.k8s.io', 'v1', 'storageclasses', 'StorageClass'),
  csiStorageCapacity: namespaced(
    'storage.k8s.io',
    'v1',
    'csistoragecapacities',
    'CSIStorageCapacity',
  ),
  storageProfile: clusterWide('cdi.kubevirt.io', 'v1beta1', 'storageprofiles', 'StorageProfile'),
  dataVolume: namespaced('cdi.kubevirt.io', 'v1beta1', 'datavolumes', 'DataVolume'),
  cdi: clusterWide('cdi.kubevirt.io', 'v1beta1', 'cdis', 'CDI'),
  kubeVirt: namespaced('kubevirt.io', 'v1', 'kubevirts', 'KubeVirt'),
  virtualMachine: namespaced('kubevirt.io', 'v1', 'virtualmachines', 'VirtualMachine'),
  virtualMachineInstance: namespaced(
    'kubevirt.io',
    'v1',
    'virtualmachineinstances',
    'VirtualMachineInstance',
  ),
  clusterInstanceType: clusterWide(
    'instancetype.kubevirt.io',
    'v1beta1',
    'virtualmachineclusterinstancetypes',
    'VirtualMachineClusterInstancetype',
  ),
  instanceType: namespaced(
    'instancetype.kubevirt.io',
    'v1beta1',
    'virtualmachineinstancetypes',
    'VirtualMachineInstancetype',
  ),
  clusterPreference: clusterWide(
    'instancetype.kubevirt.io',
    'v1beta1',
    'virtualmachineclusterpreferences',
    'VirtualMachineClusterPreference',
  ),
  preference: namespaced(
    'instancetype.kubevirt.io',
    'v1beta1',
    'virtualmachinepreferences',
    'VirtualMachinePreference',
  ),
  networkAttachment: namespaced(
    'k8s.cni.cncf.io',
    'v1',
    'network-attachment-definitions',
    'NetworkAttachmentDefinition',
  ),
  nodeNetworkPolicy: clusterWide(
    'nmstate.io',
    'v1',
    'nodenetworkconfigurationpolicies',
    'NodeNetworkConfigurationPolicy',
  ),
  nodeNetworkState: clusterWide('nmstate.io', 'v1beta1', 'nodenetworkstates', 'NodeNetworkState'),
} as const satisfies Record<string, Resource>;

export type ResourceName = keyof typeof resources;
