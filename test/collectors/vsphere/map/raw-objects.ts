import type { RawObject } from '../../../../src/collectors/contract.js';

type Body = Readonly<Record<string, unknown>>;

export const controller = (type: string, key = 1000, busNumber = 0): Body => ({
  $type: type,
  key,
  busNumber,
  deviceInfo: { label: `${type} ${busNumber}` },
});

export const disk = (key: number, backing: Body = {}, more: Body = {}): Body => ({
  $type: 'VirtualDisk',
  key,
  controllerKey: 1000,
  unitNumber: key - 2000,
  capacityInBytes: 1024 ** 3,
  deviceInfo: { label: `Hard disk ${key - 1999}` },
  backing: {
    $type: 'VirtualDiskFlatVer2BackingInfo',
    fileName: `[ds] vm/vm_${key}.vmdk`,
    datastore: { type: 'Datastore', value: 'datastore-1' },
    diskMode: 'persistent',
    ...backing,
  },
  ...more,
});

export const adapter = (
  key: number,
  mac: string,
  backing: Body = {},
  type = 'VirtualVmxnet3',
): Body => ({
  $type: type,
  key,
  macAddress: mac,
  backing: { $type: 'VirtualEthernetCardNetworkBackingInfo', ...backing },
});

/** A machine with the devices, and more properties where a test needs them. */
export const rawMachine = (device: readonly Body[], more: Body = {}): RawObject => ({
  type: 'VirtualMachine',
  externalId: 'vm-1',
  body: {
    name: 'machine',
    'config.hardware': { numCPU: 2, numCoresPerSocket: 1, memoryMB: 4096, device },
    'config.uuid': '42',
    'runtime.powerState': 'poweredOn',
    ...more,
  },
});

export const rawCluster = (configurationEx: Body = {}): RawObject => ({
  type: 'ClusterComputeResource',
  externalId: 'domain-c1',
  body: {
    name: 'cluster',
    parent: { type: 'Folder', value: 'group-h1' },
    summary: { $type: 'ClusterComputeResourceSummary', numHosts: 2, totalMemory: 2 ** 40 },
    configurationEx: {
      $type: 'ClusterConfigInfoEx',
      dasConfig: { enabled: true, hostMonitoring: 'enabled', admissionControlEnabled: true },
      drsConfig: { enabled: true, defaultVmBehavior: 'fullyAutomated' },
      dpmConfigInfo: { enabled: true, defaultDpmBehavior: 'automated' },
      group: [
        { $type: 'ClusterVmGroup', name: 'db', vm: [{ type: 'VirtualMachine', value: 'vm-1' }] },
        {
          $type: 'ClusterHostGroup',
          name: 'rack 1',
          host: [{ type: 'HostSystem', value: 'host-1' }],
        },
      ],
      rule: [
        {
          $type: 'ClusterVmHostRuleInfo',
          key: 1,
          name: 'db on rack 1',
          enabled: true,
          mandatory: true,
          vmGroupName: 'db',
          affineHostGroupName: 'rack 1',
        },
        {
          $type: 'ClusterAntiAffinityRuleSpec',
          key: 2,
          name: 'apart',
          enabled: true,
          vm: [
            { type: 'VirtualMachine', value: 'vm-1' },
            { type: 'VirtualMachine', value: 'vm-2' },
          ],
        },
      ],
      ...configurationEx,
    },
  },
});

export const rawHost = (): RawObject => ({
  type: 'HostSystem',
  externalId: 'host-1',
  body: {
    name: 'esx-1',
    parent: { type: 'ClusterComputeResource', value: 'domain-c1' },
    'config.network.vswitch': [
      {
        name: 'vSwitch0',
        key: 'key-vSwitch0',
        mtu: 9000,
        numPorts: 128,
        pnic: ['key-vmnic0'],
        spec: { bridge: { nicDevice: ['vmnic0'] } },
      },
    ],
    'config.network.proxySwitch': [
      {
        dvsUuid: 'aa bb',
        pnic: ['key-vmnic1', 'key-vmnic2'],
        uplinkPort: [{ key: '10', value: 'Uplink 1' }],
        hostLag: [{ lagKey: '7', lagName: 'lag1', uplinkPort: [{ key: '20', value: 'lag1-0' }] }],
        spec: {
          backing: {
            $type: 'DistributedVirtualSwitchHostMemberPnicBacking',
            pnicSpec: [
              { pnicDevice: 'vmnic1', uplinkPortKey: '10' },
              { pnicDevice: 'vmnic2', uplinkPortKey: '20' },
            ],
          },
        },
      },
    ],
    'config.network.portgroup': [
      { key: 'key-pg-prod', spec: { name: 'prod', vlanId: 12, vswitchName: 'vSwitch0' } },
      { key: 'key-pg-all', spec: { name: 'all', vlanId: 4095, vswitchName: 'vSwitch0' } },
    ],
    'config.network.pnic': [
      {
        key: 'key-vmnic0',
        device: 'vmnic0',
        pci: '0000:01:00.0',
        mac: '00:11:22:AA:BB:CC',
        linkSpeed: { speedMb: 25000, duplex: true },
      },
      { key: 'key-vmnic1', device: 'vmnic1', pci: '0000:01:00.1' },
      { key: 'key-vmnic2', device: 'vmnic2' },
    ],
    'config.network.vnic': [
      {
        device: 'vmk0',
        portgroup: 'prod',
        spec: {
          mac: '00:50:56:00:00:01',
          mtu: 1500,
          ip: { dhcp: false, ipAddress: '10.0.0.1', subnetMask: '255.0.0.0' },
        },
      },
    ],
    'config.virtualNicManagerInfo.netConfig': [
      {
        nicType: 'management',
        selectedVnic: ['management.vmk0'],
        candidateVnic: [{ key: 'management.vmk0', device: 'vmk0' }],
      },
    ],
    'config.storageDevice.hostBusAdapter': [
      { $type: 'HostFibreChannelHba', device: 'vmhba2', portWorldWideName: '2377900603251621888' },
      { $type: 'HostInternetScsiHba', device: 'vmhba64', iScsiName: 'iqn.1998-01.com.example:esx' },
    ],
    'config.pciPassthruInfo': [
      { $type: 'HostSriovInfo', id: '0000:01:00.1', numVirtualFunction: 8 },
    ],
    'summary.hardware': {
      otherIdentifyingInfo: [{ identifierType: { key: 'ServiceTag' }, identifierValue: 'ABC123' }],
    },
    $networkHints: [
      {
        device: 'vmnic0',
        subnet: [{ vlanId: 120 }, { vlanId: 7 }, { vlanId: 0 }],
        network: [{ vlanId: 120 }],
        connectedSwitchPort: {
          devId: 'Leaf-A.example.com(FOC1)',
          systemName: 'leaf-a',
          portId: 'Ethernet1/7',
          vlan: 7,
          mtu: 1500,
        },
      },
      {
        device: 'vmnic1',
        lldpInfo: {
          chassisId: '0011.2233.4455',
          portId: 'swp7',
          parameter: [
            { key: 'System Name', value: 'leaf-b.example.com' },
            { key: 'MTU', value: 9216 },
            { key: 'Aggregation Status', value: '3' },
            { key: 'Enabled Capabilities', value: { router: true } },
          ],
        },
      },
    ],
    $networks: { prod: 'network-1' },
    $switches: { 'aa bb': 'dvs-1' },
  },
});

export const rawPortGroup = (vlan: Body, config: Body = {}): RawObject => ({
  type: 'DistributedVirtualPortgroup',
  externalId: 'dvportgroup-1',
  body: {
    name: 'segment',
    key: 'dvportgroup-1',
    config: {
      distributedVirtualSwitch: { type: 'VmwareDistributedVirtualSwitch', value: 'dvs-1' },
      numPorts: 8,
      defaultPortConfig: { $type: 'VMwareDVSPortSetting', vlan },
      ...config,
    },
  },
});
