import { describe, expect, it } from 'vitest';
import type { AnyRecord, EntityKind } from '../../../../src/graph/model/index.js';
import type { RawObject } from '../../../../src/collectors/contract.js';
import { mapped } from '../whole-read.js';
import { adapter, controller, disk, rawMachine } from './raw-objects.js';

const ofKind = (object: RawObject, kind: EntityKind): readonly AnyRecord[] =>
  mapped(object).records.filter((record) => record.kind === kind);
const first = (object: RawObject, kind: EntityKind): AnyRecord | undefined =>
  ofKind(object, kind)[0];

describe('a machine', () => {
  it('that is a template is a Template, and so are the ends of its parts', () => {
    const object = rawMachine([disk(2000)], { 'config.template': true });
    expect(mapped(object).records[0]?.kind).toBe('Template');
    expect(first(object, 'Disk')?.edges).toMatchObject({ machine: { kind: 'Template' } });
  });

  it('without a configuration is kept, said so, and its parts are not taken for gone', () => {
    const { records, omissions, owned } = mapped({
      type: 'VirtualMachine',
      externalId: 'vm-9',
      body: { name: 'ghost', 'runtime.connectionState': 'orphaned' },
    });
    expect(records).toHaveLength(1);
    expect(records[0]?.properties).toMatchObject({ connectionState: 'orphaned' });
    expect(records[0]?.properties).not.toHaveProperty('diskCount');
    expect(omissions).toMatchObject([{ what: 'config' }]);
    expect(owned).toEqual([]);
  });

  it.each([
    ['a%2fb', 'a/b'],
    ['100%25', '100%'],
    ['c%5Cd', 'c\\d'],
    ['%41 stays', '%41 stays'],
    ['  ', 'vm-1'],
  ])('named %s shows as %s', (name, expected) => {
    expect(mapped(rawMachine([], { name })).records[0]?.name).toBe(expected);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'change tracking off',
      { 'config.changeTrackingEnabled': false },
      { changeTrackingEnabled: false },
    ],
    [
      'change tracking on',
      { 'config.changeTrackingEnabled': true },
      { changeTrackingEnabled: true },
    ],
    [
      'consolidation needed',
      { 'runtime.consolidationNeeded': true },
      { consolidationNeeded: true },
    ],
    ['CPU affinity', { 'config.cpuAffinity': { affinitySet: [0, 2] } }, { cpuAffinity: [0, 2] }],
    [
      'hot plug',
      { 'config.cpuHotAddEnabled': true, 'config.memoryHotAddEnabled': true },
      { cpuHotAddEnabled: true, memoryHotAddEnabled: true },
    ],
    [
      'disk UUIDs',
      { 'config.extraConfig': [{ key: 'DISK.enableuuid', value: 'TRUE' }] },
      { diskEnableUuid: true },
    ],
    [
      'fault tolerance',
      { 'config.ftInfo': { $type: 'FaultTolerancePrimaryConfigInfo', role: 1 } },
      { faultToleranceEnabled: true },
    ],
    ['an empty host name', { 'guest.hostName': '' }, { hostName: '' }],
    [
      'NUMA affinity',
      { 'config.extraConfig': [{ key: 'numa.nodeAffinity', value: '0, 1' }] },
      { numaNodeAffinity: ['0', '1'] },
    ],
    ['a TPM by its summary', { 'summary.config.tpmPresent': true }, { tpmPresent: true }],
    [
      'secure boot',
      { 'config.firmware': 'efi', 'config.bootOptions': { efiSecureBootEnabled: true } },
      { firmware: 'efi', secureBoot: true },
    ],
    [
      'an unlimited CPU',
      { 'config.cpuAllocation': { reservation: 100, limit: -1, shares: { shares: 2000 } } },
      { cpuReservationMHz: 100, cpuLimitMHz: undefined, cpuShares: 2000 },
    ],
    ['encryption', { 'config.keyId': { $type: 'CryptoKeyId', keyId: 'k' } }, { encrypted: true }],
    [
      'an unknown power state',
      { 'runtime.powerState': 'hibernated' },
      { powerState: 'unknown', sourcePowerState: 'hibernated' },
    ],
    [
      'Windows by the agent',
      { 'guest.guestFullName': 'Microsoft Windows Server 2022', 'config.guestId': 'otherGuest' },
      { osFamily: 'windows' },
    ],
    ['Linux by the id', { 'config.guestId': 'other5xLinux64Guest' }, { osFamily: 'linux' }],
  ])('tells %s', (_what, more, expected) => {
    expect(mapped(rawMachine([], more)).records[0]?.properties).toMatchObject(expected);
  });

  it('has a TPM where it has the device', () => {
    const object = rawMachine([{ $type: 'VirtualTPM', key: 11000 }]);
    expect(mapped(object).records[0]?.properties).toMatchObject({ tpmPresent: true });
    expect(first(object, 'Device')?.properties).toMatchObject({ deviceClass: 'tpm' });
  });
});

describe('a disk', () => {
  it.each([
    ['ParaVirtualSCSIController', 'scsi'],
    ['VirtualLsiLogicSASController', 'scsi'],
    ['VirtualAHCIController', 'sata'],
    ['VirtualIDEController', 'ide'],
    ['VirtualNVMEController', 'nvme'],
    ['VirtualSomethingNewController', 'unknown'],
  ])('on a %s hangs on %s', (type, bus) => {
    const object = rawMachine([controller(type), disk(2000)]);
    expect(first(object, 'Disk')?.properties).toMatchObject({ bus, controllerType: type });
  });

  it('has its own switch for change tracking', () => {
    const settings = [{ key: 'scsi0:1.ctkEnabled', value: 'true' }];
    const object = rawMachine([controller('ParaVirtualSCSIController'), disk(2000), disk(2001)], {
      'config.extraConfig': settings,
    });
    const switches = ofKind(object, 'Disk').map((each) =>
      each.kind === 'Disk' ? each.properties.changeTrackingEnabled : undefined,
    );
    expect(switches).toEqual([false, true]);
  });

  it('that maps a raw device says so, with its LUN', () => {
    const object = rawMachine([
      disk(2000, {
        $type: 'VirtualDiskRawDiskMappingVer1BackingInfo',
        compatibilityMode: 'physicalMode',
        lunUuid: '0200',
        deviceName: 'vml.0200',
      }),
    ]);
    expect(first(object, 'Disk')?.properties).toMatchObject({
      rdm: true,
      rdmCompatibility: 'physicalMode',
      lunUuid: '0200',
    });
  });

  it('without a datastore leads to none', () => {
    const record = first(rawMachine([disk(2000, { datastore: undefined })]), 'Disk');
    expect(record?.edges).not.toHaveProperty('datastore');
  });

  it.each([0, -1])('keeps a capacity of %d, which a rule looks for', (capacityInBytes) => {
    const record = first(rawMachine([disk(2000, {}, { capacityInBytes })]), 'Disk');
    expect(record?.properties).toMatchObject({ capacityBytes: capacityInBytes });
  });

  it('has its mode, drive letter, allocated size and delta', () => {
    const object = rawMachine(
      [disk(2000, { diskMode: 'independent_persistent', parent: { fileName: '[ds] base.vmdk' } })],
      {
        'guest.disk': [
          { diskPath: 'C:\\', capacity: 100, freeSpace: 5, mappings: [{ key: 2000 }] },
        ],
        layoutEx: {
          file: [
            { key: 1, size: 10 },
            { key: 2, size: 32 },
          ],
          disk: [{ key: 2000, chain: [{ fileKey: [1] }, { fileKey: [2] }] }],
        },
      },
    );
    expect(first(object, 'Disk')?.properties).toMatchObject({
      mode: 'independent_persistent',
      winDriveLetter: 'C:',
      allocatedBytes: 42,
      parentFile: '[ds] base.vmdk',
    });
    expect(first(object, 'FileSystem')).toMatchObject({
      name: 'C:\\',
      properties: { freeBytes: 5, diskKeys: ['2000'] },
      edges: { disks: [{ kind: 'Disk', externalId: 'vm-1/2000' }] },
    });
  });

  it('is not known to a file system whose mapping the agent does not know', () => {
    const object = rawMachine([disk(2000)], {
      'guest.disk': [{ diskPath: 'D:\\', mappings: [{ key: 0 }] }, { diskPath: 'E:\\' }],
    });
    for (const record of ofKind(object, 'FileSystem')) {
      expect(record).toMatchObject({ properties: { diskKeys: [] }, edges: { disks: [] } });
    }
  });
});

describe('a device', () => {
  it.each([
    ['VirtualPCIPassthrough', 'pciPassthrough'],
    ['VirtualUSBController', 'usbController'],
    ['VirtualUSBXHCIController', 'usbController'],
    ['VirtualSerialPort', 'serialPort'],
    ['VirtualNVDIMM', 'nvdimm'],
    ['VirtualWDT', 'watchdog'],
    ['VirtualCdrom', 'cdrom'],
    ['VirtualDeviceOfTomorrow', 'other'],
  ])('%s is %s', (type, deviceClass) => {
    expect(first(rawMachine([{ $type: type, key: 13000 }]), 'Device')?.properties).toMatchObject({
      deviceClass,
      sourceType: type,
    });
  });

  it('with a vGPU profile is a vGPU', () => {
    const object = rawMachine([
      { $type: 'VirtualPCIPassthrough', key: 13000, backing: { vgpu: 'grid_a100-10c' } },
    ]);
    expect(first(object, 'Device')?.properties).toMatchObject({
      deviceClass: 'vgpu',
      vgpuProfile: 'grid_a100-10c',
      sourceType: 'VirtualPCIPassthrough',
    });
  });

  it('that is an SR-IOV adapter is an adapter and a device', () => {
    const object = rawMachine([adapter(4000, '00:50:56:00:00:01', {}, 'VirtualSriovEthernetCard')]);
    expect(first(object, 'Nic')?.properties).toMatchObject({ model: 'sriov' });
    expect(first(object, 'Device')?.properties).toMatchObject({ deviceClass: 'sriov' });
  });
});

describe('an adapter', () => {
  const macs = ['00:50:56:00:00:01', '00:50:56:00:00:02'] as const;

  it('is counted as the guest does', () => {
    const object = rawMachine([adapter(4000, macs[0].toUpperCase()), adapter(4001, macs[1])], {
      'guest.net': [{ macAddress: macs[1] }, { macAddress: macs[0] }],
    });
    expect(ofKind(object, 'Nic').map(({ externalId }) => externalId)).toEqual([
      'vm-1/4001',
      'vm-1/4000',
    ]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['network', { network: { type: 'Network', value: 'network-1' }, deviceName: 'prod' }, {}],
    ['distributed port group', { port: { portgroupKey: 'network-1' } }, {}],
    ['opaque network', { opaqueNetworkId: 'nsx' }, { $networkOf: { 4000: 'network-1' } }],
  ])('leads to its %s', (_what, backing, more) => {
    const record = first(rawMachine([adapter(4000, macs[0], backing)], more), 'Nic');
    expect(record?.edges).toMatchObject({ network: { kind: 'Network', externalId: 'network-1' } });
  });

  it('has the number of its PCI slot, which the guest names its interface after', () => {
    const card = { ...adapter(4000, macs[0]), slotInfo: { pciSlotNumber: 192 } };
    expect(first(rawMachine([card]), 'Nic')?.properties).toMatchObject({ pciSlotNumber: 192 });
    const unplaced = first(rawMachine([adapter(4000, macs[0])]), 'Nic');
    expect(unplaced?.properties).toMatchObject({ pciSlotNumber: undefined });
  });

  it('has the addresses of the guest, with and without their prefix', () => {
    const object = rawMachine([adapter(4000, macs[0])], {
      'guest.net': [
        {
          macAddress: macs[0],
          deviceConfigId: 4000,
          ipAddress: ['10.0.0.1'],
          ipConfig: { ipAddress: [{ ipAddress: '10.0.0.1', prefixLength: 8, origin: 'dhcp' }] },
          dnsConfig: { ipAddress: ['10.0.0.53'], dhcp: true },
        },
        {
          deviceConfigId: -1,
          macAddress: '02:42:00:00:00:01',
          ipAddress: ['172.17.0.1', 'fe80::1'],
        },
      ],
      'guest.ipStack': [
        {
          ipRouteConfig: {
            ipRoute: [
              {
                network: '0.0.0.0',
                prefixLength: 0,
                gateway: { ipAddress: '10.0.0.254', device: '0' },
              },
            ],
          },
        },
      ],
    });
    expect(ofKind(object, 'GuestNetwork').map(({ name, edges }) => [name, 'nic' in edges])).toEqual(
      [
        ['10.0.0.1', true],
        ['172.17.0.1', false],
        ['fe80::1', false],
      ],
    );
    expect(first(object, 'GuestNetwork')?.properties).toMatchObject({
      prefixLength: 8,
      origin: 'dhcp',
      dns: ['10.0.0.53'],
      dhcpEnabled: true,
    });
    expect(first(object, 'Nic')?.properties).toMatchObject({ ipAddresses: ['10.0.0.1'] });
    expect(first(object, 'GuestRoute')).toMatchObject({
      name: '0.0.0.0/0 via 10.0.0.254',
      properties: { gateway: '10.0.0.254', prefixLength: 0 },
    });
  });
});

describe('a snapshot', () => {
  const reference = (value: string): object => ({ type: 'VirtualMachineSnapshot', value });
  const tree = rawMachine([disk(2000)], {
    snapshot: {
      currentSnapshot: reference('snapshot-2'),
      rootSnapshotList: [
        {
          snapshot: reference('snapshot-1'),
          name: 'base%2f1',
          createTime: '2024-01-01T00:00:00+02:00',
          childSnapshotList: [{ snapshot: reference('snapshot-2'), name: 'later', quiesced: true }],
        },
      ],
    },
    layoutEx: {
      file: [1, 2, 3, 4, 5].map((key) => ({ key, size: 10 ** key })),
      snapshot: [
        {
          key: reference('snapshot-1'),
          dataKey: 1,
          memoryKey: -1,
          disk: [{ key: 2000, chain: [{ fileKey: [3] }] }],
        },
        {
          key: reference('snapshot-2'),
          dataKey: 2,
          memoryKey: 1,
          disk: [{ key: 2000, chain: [{ fileKey: [3] }, { fileKey: [4] }] }],
        },
      ],
      disk: [{ key: 2000, chain: [{ fileKey: [3] }, { fileKey: [4] }, { fileKey: [5] }] }],
    },
  });

  it('has its place in the tree', () => {
    const [base, later] = ofKind(tree, 'Snapshot');
    expect(base).toMatchObject({
      name: 'base/1',
      properties: { depth: 0, current: false, createdAt: '2023-12-31T22:00:00.000Z' },
    });
    expect(later).toMatchObject({
      properties: { depth: 1, current: true, quiesced: true },
      edges: { parent: { kind: 'Snapshot', externalId: 'snapshot-1' } },
    });
  });

  it('costs its own files and the deltas begun with it', () => {
    const sizes = ofKind(tree, 'Snapshot').map((each) =>
      each.kind === 'Snapshot' ? [each.properties.sizeBytes, each.properties.hasMemory] : [],
    );
    expect(sizes).toEqual([
      [10 + 10_000, false],
      [100 + 10 + 100_000, true],
    ]);
  });
});
