import type { ClusterClient, KubernetesObject } from './cluster-client.js';
import type { FakeNode } from './fake-nodes.js';

interface StorageOffer {
  readonly name: string;
  readonly provisioner: string;
  readonly isDefault?: boolean;
  readonly binding?: 'Immediate' | 'WaitForFirstConsumer';
  readonly claims: readonly {
    readonly accessModes: readonly string[];
    readonly volumeMode: string;
  }[];
}

/** A shared block class, a shared file class, a local one, and one that CDI knows nothing about. */
const storage: readonly StorageOffer[] = [
  {
    name: 'ceph-rbd',
    provisioner: 'rbd.csi.ceph.com',
    isDefault: true,
    claims: [
      { accessModes: ['ReadWriteMany'], volumeMode: 'Block' },
      { accessModes: ['ReadWriteOnce'], volumeMode: 'Block' },
      { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' },
    ],
  },
  {
    name: 'cephfs',
    provisioner: 'cephfs.csi.ceph.com',
    claims: [{ accessModes: ['ReadWriteMany'], volumeMode: 'Filesystem' }],
  },
  {
    name: 'local-nvme',
    provisioner: 'topolvm.io',
    binding: 'WaitForFirstConsumer',
    claims: [{ accessModes: ['ReadWriteOnce'], volumeMode: 'Block' }],
  },
  { name: 'legacy-nfs', provisioner: 'example.com/nfs', claims: [] },
];

/** VLANs that the cluster's bridge carries. The demo estate has more than these, on purpose. */
export const targetVlans = [10, 20, 30, 110, 120] as const;

function storageClass(offer: StorageOffer): KubernetesObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: offer.name,
      ...(offer.isDefault === true
        ? {
            annotations: {
              'storageclass.kubernetes.io/is-default-class': 'true',
              'storageclass.kubevirt.io/is-default-virt-class': 'true',
            },
          }
        : {}),
    },
    provisioner: offer.provisioner,
    volumeBindingMode: offer.binding ?? 'Immediate',
    allowVolumeExpansion: true,
  };
}

async function offerStorage(client: ClusterClient, offer: StorageOffer): Promise<void> {
  await client.apply(storageClass(offer));
  const profile: KubernetesObject = {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'StorageProfile',
    metadata: { name: offer.name },
    spec: {},
  };
  await client.apply(profile);
  await client.patchStatus(profile, {
    storageClass: offer.name,
    provisioner: offer.provisioner,
    cloneStrategy: 'csi-clone',
    claimPropertySets: offer.claims,
  });
}

function bridgeNetwork(namespace: string, vlan: number): KubernetesObject {
  const name = `vlan-${vlan}`;
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {
      name,
      namespace,
      annotations: { 'k8s.v1.cni.cncf.io/resourceName': 'bridge.network.kubevirt.io/br-prod' },
    },
    spec: {
      config: JSON.stringify({
        cniVersion: '0.4.0',
        name,
        type: 'bridge',
        bridge: 'br-prod',
        vlan,
        macspoofchk: false,
      }),
    },
  };
}

const overlayNetwork: KubernetesObject = {
  apiVersion: 'k8s.cni.cncf.io/v1',
  kind: 'NetworkAttachmentDefinition',
  metadata: { name: 'overlay', namespace: 'default' },
  spec: {
    config: JSON.stringify({
      cniVersion: '0.4.0',
      name: 'overlay',
      type: 'ovn-k8s-cni-overlay',
      topology: 'layer2',
      netAttachDefName: 'default/overlay',
    }),
  },
};

const trunk = { mode: 'trunk', 'trunk-tags': targetVlans.map((id) => ({ id })) };

const bridge = {
  name: 'br-prod',
  type: 'linux-bridge',
  state: 'up',
  mtu: 1500,
  bridge: {
    options: { stp: { enabled: false } },
    port: [{ name: 'bond0', vlan: trunk }],
  },
};

const bond = {
  name: 'bond0',
  type: 'bond',
  state: 'up',
  'link-aggregation': { mode: '802.3ad', port: ['ens1f0', 'ens1f1'] },
};

const nodeNetworkPolicy: KubernetesObject = {
  apiVersion: 'nmstate.io/v1',
  kind: 'NodeNetworkConfigurationPolicy',
  metadata: { name: 'br-prod' },
  spec: {
    nodeSelector: { 'node-role.kubernetes.io/worker': '' },
    desiredState: { interfaces: [bond, bridge] },
  },
};

function ethernet(name: string, index: number): object {
  return {
    name,
    type: 'ethernet',
    state: 'up',
    mtu: 1500,
    'mac-address': `52:54:00:00:0${index}:${name.endsWith('0') ? '10' : '11'}`,
    ethernet: { speed: 25_000, duplex: 'full' },
  };
}

async function reportNodeNetwork(client: ClusterClient, node: FakeNode, index: number) {
  const state: KubernetesObject = {
    apiVersion: 'nmstate.io/v1beta1',
    kind: 'NodeNetworkState',
    metadata: { name: node.name },
  };
  await client.apply(state);
  await client.patchStatus(state, {
    lastSuccessfulUpdateTime: new Date().toISOString(),
    currentState: {
      'dns-resolver': { running: { server: ['10.0.0.53'] } },
      interfaces: [ethernet('ens1f0', index), ethernet('ens1f1', index), bond, bridge],
      routes: {
        running: [
          {
            destination: '0.0.0.0/0',
            'next-hop-interface': 'br-prod',
            'next-hop-address': '10.0.0.1',
          },
        ],
      },
    },
  });
}

function instanceType(name: string, cpu: number, memory: string): KubernetesObject {
  return {
    apiVersion: 'instancetype.kubevirt.io/v1beta1',
    kind: 'VirtualMachineClusterInstancetype',
    metadata: { name, labels: { 'instancetype.kubevirt.io/vendor': 'lab.opal' } },
    spec: { cpu: { guest: cpu }, memory: { guest: memory } },
  };
}

function preference(name: string, spec: Readonly<Record<string, unknown>>): KubernetesObject {
  return {
    apiVersion: 'instancetype.kubevirt.io/v1beta1',
    kind: 'VirtualMachineClusterPreference',
    metadata: { name },
    spec,
  };
}

const instanceTypes = [
  instanceType('u1.small', 1, '2Gi'),
  instanceType('u1.medium', 1, '4Gi'),
  instanceType('u1.large', 2, '8Gi'),
  instanceType('u1.xlarge', 4, '16Gi'),
  instanceType('u1.2xlarge', 8, '32Gi'),
  instanceType('m1.4xlarge', 16, '128Gi'),
];

const preferences = [
  preference('rhel.9', {
    devices: { preferredDiskBus: 'virtio', preferredInterfaceModel: 'virtio' },
  }),
  preference('windows.2k22', {
    devices: { preferredDiskBus: 'sata', preferredInterfaceModel: 'e1000e' },
    features: { preferredAcpi: {} },
  }),
];

async function announceCdi(client: ClusterClient): Promise<void> {
  const installation: KubernetesObject = {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'CDI',
    metadata: { name: 'cdi' },
    spec: { config: { featureGates: ['HonorWaitForFirstConsumer'] } },
  };
  await client.apply(installation);
  await client.patchStatus(installation, { phase: 'Deployed', observedVersion: 'v1.62.0' });
  const settings: KubernetesObject = {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'CDIConfig',
    metadata: { name: 'config' },
    spec: {},
  };
  await client.apply(settings);
  await client.patchStatus(settings, {
    filesystemOverhead: { global: '0.06', storageClass: { cephfs: '0.055' } },
  });
}

/**
 * Gives a cluster what a target of migrations has: storage with profiles, networks on a trunk,
 * instance types and preferences, a namespace with a quota and a small one.
 */
export async function offerTarget(
  client: ClusterClient,
  nodes: readonly FakeNode[],
): Promise<void> {
  const namespace = (name: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  });
  const quota: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'small', namespace: 'tight' },
    spec: { hard: { 'requests.memory': '16Gi', 'requests.cpu': '8', 'requests.storage': '200Gi' } },
  };
  await Promise.all(['migrated', 'tight'].map((name) => client.apply(namespace(name))));
  await Promise.all([
    client.apply(quota),
    announceCdi(client),
    ...storage.map((offer) => offerStorage(client, offer)),
    ...targetVlans.map((vlan) => client.apply(bridgeNetwork('default', vlan))),
    client.apply(overlayNetwork),
    client.apply(nodeNetworkPolicy),
    client.apply(nodeNetworkPolicy).then((policy) =>
      client.patchStatus(policy, {
        conditions: [
          { type: 'Available', status: 'True', reason: 'SuccessfullyConfigured', message: '' },
        ],
      }),
    ),
    ...nodes.map((node, index) => reportNodeNetwork(client, node, index)),
    ...[...instanceTypes, ...preferences].map((object) => client.apply(object)),
  ]);
}
