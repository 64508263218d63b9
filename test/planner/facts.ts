import type { MachineFacts } from '../../src/planner/source/machine-facts.js';
import type { TargetFacts } from '../../src/planner/target/target-facts.js';

type Disk = MachineFacts['disks'][number];
type Nic = MachineFacts['nics'][number];

export const gibibyte = 2 ** 30;

export const diskFactsOf = (index: number, overrides: Partial<Disk> = {}): Disk => ({
  id: `vc/Disk/vm-1/${2000 + index}`,
  key: 2000 + index,
  name: `Hard disk ${index + 1}`,
  file: `[ds-1] vm/vm_${index}.vmdk`,
  capacityBytes: 10 * gibibyte,
  bus: 'scsi',
  controllerBusNumber: 0,
  unitNumber: index,
  mode: 'persistent',
  shared: false,
  rdm: false,
  serial: `6000c290-0000-0000-0000-00000000000${index}`,
  changeTrackingEnabled: true,
  datastore: 'vc/Datastore/datastore-1',
  datastoreName: 'ds-1',
  ...overrides,
});

export const nicFactsOf = (index: number, overrides: Partial<Nic> = {}): Nic => ({
  id: `vc/Nic/vm-1/${4000 + index}`,
  key: 4000 + index,
  order: index,
  mac: `00:50:56:aa:00:0${index}`,
  model: 'vmxnet3',
  startConnected: true,
  network: 'vc/Network/network-1',
  networkName: 'prod-100',
  ...overrides,
});

/** A running Linux machine that nothing is wrong with. */
export const machineFactsOf = (overrides: Partial<MachineFacts> = {}): MachineFacts => ({
  id: 'vc/VirtualMachine/vm-1',
  source: 'vc',
  externalId: 'vm-1',
  name: 'web-1',
  uuid: '4231d5f0-6a44-8a5c-0000-0123456789ab',
  instanceUuid: '5031d5f0-6a44-8a5c-0000-0123456789ab',
  path: 'DC0/vm/web-1',
  powerState: 'poweredOn',
  connectionState: 'connected',
  firmware: 'bios',
  secureBoot: false,
  cpuCount: 4,
  coresPerSocket: 2,
  memoryMB: 8192,
  nestedVirtualizationEnabled: false,
  faultToleranceEnabled: false,
  consolidationNeeded: false,
  snapshotCount: 0,
  tpmPresent: false,
  encrypted: false,
  guestId: 'rhel9_64Guest',
  guestName: 'Red Hat Enterprise Linux 9 (64-bit)',
  guestNameFromTools: 'Red Hat Enterprise Linux 9.4 (Plow)',
  osFamily: 'linux',
  hostName: 'web-1.example.org',
  toolsStatus: 'toolsOk',
  toolsRunningStatus: 'guestToolsRunning',
  customAttributes: [],
  host: {
    id: 'vc/Host/host-1',
    externalId: 'host-1',
    name: 'esx-1',
    timezone: 'UTC',
    inMaintenanceMode: false,
    cluster: 'vc/Cluster/domain-c1',
    clusterName: 'prod',
  },
  disks: [diskFactsOf(0)],
  nics: [nicFactsOf(0)],
  devices: [],
  addresses: [],
  concerns: [],
  tags: [],
  ...overrides,
});

/** A target with one of each. */
export const targetFactsOf = (overrides: Partial<TargetFacts> = {}): TargetFacts => ({
  source: 'kv',
  name: 'lab',
  kubevirtVersion: 'v1.7.0',
  cdiVersion: 'v1.62.0',
  featureGates: [],
  namespace: { phase: 'Active', podSecurity: null },
  networkAttachments: [
    {
      externalId: 'default/prod-vlan100',
      name: 'prod-vlan100',
      namespace: 'default',
      pluginType: 'cnv-bridge',
      bridge: 'br-prod',
      vlanId: 100,
      topology: null,
      physicalNetwork: null,
      resourceName: null,
    },
  ],
  storageClasses: [
    {
      name: 'ceph-block',
      isDefault: false,
      isVirtDefault: true,
      claimPropertySets: ['ReadWriteMany/Block', 'ReadWriteOnce/Block'],
      capacityBytes: null,
    },
  ],
  nodes: [
    {
      name: 'worker-a',
      ready: true,
      schedulable: true,
      kvm: true,
      architecture: 'amd64',
      taints: [],
      cpuAllocatableMillis: 64_000,
      memoryAllocatableBytes: 512 * gibibyte,
      cpuRequestedMillis: 1000,
      memoryRequestedBytes: gibibyte,
      extendedResources: [],
    },
  ],
  instanceTypes: [],
  preferences: [],
  quotas: [],
  ...overrides,
});
