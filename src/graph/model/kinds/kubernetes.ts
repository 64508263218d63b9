import { defineKind } from '../kind.js';
import { flag, integer, moment, text, textList } from '../property.js';

export const kubernetesCluster = defineKind({
  label: 'KubernetesCluster',
  doc: 'A target: a Kubernetes cluster with KubeVirt.',
  keeper: 'collector',
  properties: {
    version: text('Kubernetes version.'),
    kubevirtVersion: text('KubeVirt version, where it is installed.'),
    cdiVersion: text('CDI version, where it is installed.'),
    featureGates: textList('KubeVirt feature gates that are on.'),
    platform: text('kubernetes or openshift.'),
  },
  edges: {},
});

export const node = defineKind({
  label: 'Node',
  doc: 'A machine of a Kubernetes cluster that can run virtual machines.',
  keeper: 'collector',
  properties: {
    ready: flag('The node is ready.'),
    schedulable: flag('Pods may be placed on it.'),
    kvm: flag('It offers hardware virtualization.'),
    cpuModel: text('CPU model label.'),
    zone: text('Topology zone.'),
    roles: textList('Roles.'),
    labels: textList('Labels as `key=value`.'),
    taints: textList('Taints as `key=value:effect`.'),
    cpuCapacityMillis: integer('CPU in thousandths of a core.'),
    cpuAllocatableMillis: integer('CPU for pods in thousandths of a core.'),
    memoryCapacityBytes: integer('Memory.', { unit: 'B' }),
    memoryAllocatableBytes: integer('Memory for pods.', { unit: 'B' }),
    cpuRequestedMillis: integer('CPU that pods asked for, in thousandths of a core.'),
    memoryRequestedBytes: integer('Memory that pods asked for.', { unit: 'B' }),
    extendedResources: textList('Allocatable extended resources as `name=quantity`.'),
    kubeletVersion: text('Version of the kubelet.'),
    architecture: text('amd64, arm64, s390x, …'),
  },
  edges: {
    // (:KubernetesCluster)-[:HAS_NODE]->(:Node)
    cluster: {
      type: 'HAS_NODE',
      direction: 'in',
      to: ['KubernetesCluster'],
      cardinality: 'one',
      inverse: 'nodes',
      inverseCardinality: 'many',
      doc: 'The cluster it belongs to.',
    },
  },
});

export const nodeInterface = defineKind({
  label: 'NodeInterface',
  doc: 'A network interface of a node, from its NodeNetworkState.',
  keeper: 'collector',
  properties: {
    type: text('ethernet, bond, vlan, linux-bridge, ovs-bridge, …', { indexed: true }),
    state: text('up, down or ignore.'),
    mac: text('MAC address, lower case.'),
    mtu: integer('Largest frame.', { unit: 'B' }),
    vlanId: integer('VLAN id of a VLAN interface.'),
    baseInterface: text('Interface below a VLAN interface.'),
    ports: textList('Ports of a bridge or bond.'),
    ipAddresses: textList('Addresses with prefix length.'),
    trunkRanges: textList('VLAN ranges that the uplinks of a bridge let through.'),
    filtersVlans: flag(
      'The uplinks of the bridge let through what `trunkRanges` says and no more.',
    ),
    usedVlans: textList('VLAN ids that ports of machines and pods have on the bridge now.'),
    localnets: textList('OVN localnets that are mapped to the bridge on this node.'),
    bondMode: text('Mode of a bond, for instance 802.3ad.'),
    linkSpeedMbps: integer('Speed of the link.', { unit: 'Mbit/s' }),
    sriovVirtualFunctions: integer('Virtual functions of the card.', { unit: 'count' }),
    lldpNeighbours: textList('Neighbours as `system/port`.'),
  },
  edges: {
    // (:Node)-[:HAS_INTERFACE]->(:NodeInterface)
    node: {
      type: 'HAS_INTERFACE',
      direction: 'in',
      to: ['Node'],
      cardinality: 'one',
      inverse: 'interfaces',
      inverseCardinality: 'many',
      doc: 'The node that has it.',
    },
    // (:NodeInterface)-[:PORT_OF]->(:NodeInterface)
    controllers: {
      type: 'PORT_OF',
      direction: 'out',
      to: ['NodeInterface'],
      cardinality: 'many',
      inverse: 'portInterfaces',
      inverseCardinality: 'many',
      doc: 'The bridge or bond it is a port of.',
    },
    // (:NodeInterface)-[:STANDS_ON]->(:NodeInterface)
    base: {
      type: 'STANDS_ON',
      direction: 'out',
      to: ['NodeInterface'],
      cardinality: 'one',
      inverse: 'vlanInterfaces',
      inverseCardinality: 'many',
      doc: 'The interface below a VLAN interface.',
    },
    // (:NodeInterface)-[:PLUGGED_INTO]->(:SwitchPort)
    pluggedInto: {
      type: 'PLUGGED_INTO',
      direction: 'out',
      to: ['SwitchPort'],
      cardinality: 'one',
      inverse: 'nodeInterfaces',
      inverseCardinality: 'many',
      doc: 'The port of a physical switch at the other end of its cable.',
    },
  },
});

export const nodeNetworkPolicy = defineKind({
  label: 'NodeNetworkPolicy',
  doc: 'A NodeNetworkConfigurationPolicy: network configuration wanted on nodes.',
  keeper: 'collector',
  properties: {
    nodeSelector: textList('Labels of the nodes it is for, as `key=value`.'),
    status: text('Its summary condition.'),
    interfaces: textList('Interfaces it configures, as `name:type`.'),
    bridgeMappings: textList('OVN bridge mappings as `localnet=bridge`.'),
    desiredState: text('The desired state as JSON.'),
  },
  edges: {
    // (:KubernetesCluster)-[:HAS_NETWORK_POLICY]->(:NodeNetworkPolicy)
    cluster: {
      type: 'HAS_NETWORK_POLICY',
      direction: 'in',
      to: ['KubernetesCluster'],
      cardinality: 'one',
      inverse: 'networkPolicies',
      inverseCardinality: 'many',
      doc: 'The cluster it belongs to.',
    },
  },
});

export const namespace = defineKind({
  label: 'Namespace',
  doc: 'A namespace of a target cluster.',
  keeper: 'collector',
  properties: {
    phase: text('Active or Terminating.'),
    labels: textList('Labels as `key=value`.'),
    podSecurity: text('Enforced pod security level.'),
  },
  edges: {
    // (:KubernetesCluster)-[:HAS_NAMESPACE]->(:Namespace)
    cluster: {
      type: 'HAS_NAMESPACE',
      direction: 'in',
      to: ['KubernetesCluster'],
      cardinality: 'one',
      inverse: 'namespaces',
      inverseCardinality: 'many',
      doc: 'The cluster it belongs to.',
    },
  },
});

export const resourceQuota = defineKind({
  label: 'ResourceQuota',
  doc: 'A quota of a namespace.',
  keeper: 'collector',
  properties: {
    hard: textList('Limits as `resource=quantity`.'),
    used: textList('Use as `resource=quantity`.'),
  },
  edges: {
    // (:Namespace)-[:HAS_QUOTA]->(:ResourceQuota)
    namespace: {
      type: 'HAS_QUOTA',
      direction: 'in',
      to: ['Namespace'],
      cardinality: 'one',
      inverse: 'quotas',
      inverseCardinality: 'many',
      doc: 'The namespace it limits.',
    },
  },
});

export const storageClass = defineKind({
  label: 'StorageClass',
  doc: 'A class of storage of a target, with what CDI knows about it (its StorageProfile).',
  keeper: 'collector',
  properties: {
    provisioner: text('Driver.'),
    isDefault: flag('Default class of the cluster.'),
    isVirtDefault: flag('Default class for virtual machines.'),
    reclaimPolicy: text('Delete or Retain.'),
    volumeBindingMode: text('Immediate or WaitForFirstConsumer.'),
    allowVolumeExpansion: flag('Volumes can grow.'),
    claimPropertySets: textList(
      'Access and volume modes CDI proposes, as `ReadWriteMany/Block`, best first.',
    ),
    cloneStrategy: text('copy, snapshot or csi-clone.'),
    capacityBytes: integer('Free capacity where the driver publishes it.', { unit: 'B' }),
  },
  edges: {
    // (:KubernetesCluster)-[:HAS_STORAGE_CLASS]->(:StorageClass)
    cluster: {
      type: 'HAS_STORAGE_CLASS',
      direction: 'in',
      to: ['KubernetesCluster'],
      cardinality: 'one',
      inverse: 'storageClasses',
      inverseCardinality: 'many',
      doc: 'The cluster it belongs to.',
    },
  },
});

export const networkAttachment = defineKind({
  label: 'NetworkAttachment',
  doc: 'A NetworkAttachmentDefinition: a network that machines of a target can join.',
  keeper: 'collector',
  properties: {
    pluginType: text('Plugin of its configuration: bridge, cnv-bridge, ovn-k8s-cni-overlay, …'),
    bridge: text('Bridge it plugs into.'),
    vlanId: integer('VLAN id it tags with.', { indexed: true }),
    topology: text('OVN topology: layer2, layer3 or localnet.'),
    physicalNetwork: text('Physical network or localnet name.'),
    mtu: integer('Largest frame.', { unit: 'B' }),
    config: text('Its configuration, as written.'),
    resourceName: text('Device plugin resource it needs.'),
  },
  edges: {
    // (:NetworkAttachment)-[:IN_NAMESPACE]->(:Namespace)
    namespace: {
      type: 'IN_NAMESPACE',
      direction: 'out',
      to: ['Namespace'],
      cardinality: 'one',
      inverse: 'networkAttachments',
      inverseCardinality: 'many',
      doc: 'Its namespace.',
    },
  },
});

export const persistentVolumeClaim = defineKind({
  label: 'PersistentVolumeClaim',
  doc: 'A claim on storage in a target.',
  keeper: 'collector',
  properties: {
    phase: text('Pending, Bound or Lost.'),
    requestedBytes: integer('Size asked for.', { unit: 'B' }),
    capacityBytes: integer('Size given.', { unit: 'B' }),
    accessModes: textList('Access modes.'),
    volumeMode: text('Block or Filesystem.'),
    labels: textList('Labels as `key=value`.'),
  },
  edges: {
    // (:PersistentVolumeClaim)-[:IN_NAMESPACE]->(:Namespace)
    namespace: {
      type: 'IN_NAMESPACE',
      direction: 'out',
      to: ['Namespace'],
      cardinality: 'one',
      inverse: 'persistentVolumeClaims',
      inverseCardinality: 'many',
      doc: 'Its namespace.',
    },
    // (:PersistentVolumeClaim)-[:OF_CLASS]->(:StorageClass)
    storageClass: {
      type: 'OF_CLASS',
      direction: 'out',
      to: ['StorageClass'],
      cardinality: 'one',
      inverse: 'persistentVolumeClaims',
      inverseCardinality: 'many',
      doc: 'Its storage class.',
    },
  },
});

export const dataVolume = defineKind({
  label: 'DataVolume',
  doc: 'A CDI DataVolume: a claim and how it is filled.',
  keeper: 'collector',
  properties: {
    phase: text('Phase of CDI.'),
    progressPercent: integer('Progress of the import.', { unit: '%' }),
    sourceType: text('Where it is filled from: vddk, blank, imageio, http, …'),
    requestedBytes: integer('Size asked for.', { unit: 'B' }),
  },
  edges: {
    // (:DataVolume)-[:IN_NAMESPACE]->(:Namespace)
    namespace: {
      type: 'IN_NAMESPACE',
      direction: 'out',
      to: ['Namespace'],
      cardinality: 'one',
      inverse: 'dataVolumes',
      inverseCardinality: 'many',
      doc: 'Its namespace.',
    },
  },
});

export const instanceType = defineKind({
  label: 'InstanceType',
  doc: 'A KubeVirt instance type: CPU and memory under a name.',
  keeper: 'collector',
  properties: {
    clusterWide: flag('Usable from every namespace.'),
    namespaceName: text('Namespace of one that is not cluster-wide.'),
    cpuGuest: integer('Virtual CPUs.', { unit: 'core' }),
    memoryGuestBytes: integer('Memory.', { unit: 'B' }),
    dedicatedCpuPlacement: flag('CPUs are pinned.'),
    hugepages: text('Size of huge pages.'),
    gpus: textList('GPUs as `name=deviceName`.'),
  },
  edges: {},
});

export const preference = defineKind({
  label: 'Preference',
  doc: 'A KubeVirt preference: how a guest OS likes its devices.',
  keeper: 'collector',
  properties: {
    clusterWide: flag('Usable from every namespace.'),
    namespaceName: text('Namespace of one that is not cluster-wide.'),
    osType: text('OS label of the preference.'),
    preferredDiskBus: text('Disk bus it prefers.'),
    preferredNicModel: text('Network adapter it prefers.'),
    createdAt: moment('When it was created.'),
  },
  edges: {},
});
