import type { KubernetesObject } from './cluster-client.js';

/** Node-local facts that differ from node to node; KWOK keeps the nodes ready. */
export interface FakeNode {
  readonly name: string;
  readonly zone: string;
  readonly cpu: number;
  readonly memoryGi: number;
  /** Extended resources, for instance GPUs by their resource name. */
  readonly devices?: Readonly<Record<string, number>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Three workers in three zones: two plain ones, one with GPUs. */
export const defaultNodes: readonly FakeNode[] = [
  { name: 'worker-a', zone: 'zone-a', cpu: 64, memoryGi: 512 },
  { name: 'worker-b', zone: 'zone-b', cpu: 64, memoryGi: 512 },
  {
    name: 'worker-gpu',
    zone: 'zone-c',
    cpu: 96,
    memoryGi: 1024,
    devices: { 'nvidia.com/GA102GL_A10': 4 },
    labels: { 'nvidia.com/gpu.product': 'NVIDIA-A10' },
  },
];

/**
 * virt-controller calls a node without a recent heartbeat of virt-handler lost. There is no
 * virt-handler here, so the heartbeat lies ahead of any test.
 */
const heartbeat = '2099-01-01T00:00:00Z';

export function fakeNode(node: FakeNode): {
  readonly object: KubernetesObject;
  readonly status: Readonly<Record<string, unknown>>;
} {
  const resources = {
    cpu: String(node.cpu),
    memory: `${node.memoryGi}Gi`,
    'ephemeral-storage': '400Gi',
    pods: '250',
    'devices.kubevirt.io/kvm': '1k',
    'devices.kubevirt.io/tun': '1k',
    'devices.kubevirt.io/vhost-net': '1k',
    // As the bridge marker reports for each bridge that a node has.
    'bridge.network.kubevirt.io/br-prod': '1k',
    ...Object.fromEntries(
      Object.entries(node.devices ?? {}).map(([name, count]) => [name, String(count)]),
    ),
  };
  const object = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      labels: {
        'kubernetes.io/hostname': node.name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'node-role.kubernetes.io/worker': '',
        'topology.kubernetes.io/zone': node.zone,
        'topology.kubernetes.io/region': 'lab',
        'kubevirt.io/schedulable': 'true',
        'cpu-vendor.node.kubevirt.io/Intel': 'true',
        'cpu-model.node.kubevirt.io/Cascadelake-Server': 'true',
        'machine-type.node.kubevirt.io/q35': 'true',
        'machine-type.node.kubevirt.io/pc-q35-rhel9.6.0': 'true',
        ...node.labels,
      },
      annotations: { 'kwok.x-k8s.io/node': 'fake', 'kubevirt.io/heartbeat': heartbeat },
    },
  };
  return {
    object,
    status: {
      capacity: resources,
      allocatable: resources,
      nodeInfo: {
        architecture: 'amd64',
        operatingSystem: 'linux',
        kubeletVersion: 'v1.34.2',
        kernelVersion: '5.14.0',
        osImage: 'lab',
        containerRuntimeVersion: 'cri-o://1.34.0',
        bootID: '',
        machineID: '',
        systemUUID: '',
        kubeProxyVersion: '',
      },
    },
  };
}
