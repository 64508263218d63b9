import { beforeAll, describe, expect, it } from 'vitest';
import { workbookUpload } from './export-files.js';
import { named, readOnce, type ReadExport } from './read-export.js';
import { smallExport } from './small-export.js';

const vCenter = 'a7e1f2b4-0000-4000-8000-000000000001';
const GiB = 1024 ** 3;

describe('an RVTools export in the terms of the model', () => {
  let read: ReadExport;

  beforeAll(async () => {
    read = await readOnce(await workbookUpload(smallExport));
  });

  it('leaves nothing open but the sheets that it lacks', () => {
    expect(read.omissions).toEqual([
      { kind: 'source', what: 'sheet vMultiPath', why: 'the export has none' },
    ]);
  });

  it('gives a machine the properties that vSphere would give it', () => {
    const machine = named(read, 'VirtualMachine', 'web-01');
    expect(machine.externalId).toBe(`${vCenter}/vm-11`);
    expect(machine.properties).toEqual({
      uuid: '4214aaaa-0000-4000-8000-000000000011',
      instanceUuid: '5014aaaa-0000-4000-8000-000000000011',
      path: 'DC Köln/vm/shop/web/web-01',
      annotation: 'front',
      overallStatus: 'green',
      firmware: 'efi',
      secureBoot: true,
      hardwareVersion: 'vmx-19',
      vmPathName: '[ds-01] web-01/web-01.vmx',
      timeSyncWithHost: true,
      powerState: 'poweredOn',
      sourcePowerState: 'poweredOn',
      connectionState: 'connected',
      bootedAt: '2026-02-03T04:05:06.000Z',
      consolidationNeeded: false,
      faultToleranceEnabled: false,
      changeTrackingEnabled: true,
      diskEnableUuid: true,
      cpuCount: 4,
      coresPerSocket: 2,
      cpuHotAddEnabled: true,
      cpuReservationMHz: 500,
      cpuShares: 4000,
      memoryMB: 8192,
      memoryLimitMB: 16_384,
      memoryUsageMB: 1024,
      hostMemoryUsageMB: 8000,
      committedBytes: 50 * GiB,
      uncommittedBytes: 50 * GiB,
      unsharedBytes: 50 * GiB,
      guestName: 'Red Hat Enterprise Linux 9 (64-bit)',
      guestNameFromTools: 'Red Hat Enterprise Linux 9.4 (Plow)',
      osFamily: 'linux',
      hostName: 'web-01.example.com',
      ipAddress: '10.0.0.11',
      ipAddresses: ['10.0.0.11', '10.0.0.12', 'fe80::1'],
      guestState: 'running',
      toolsStatus: 'toolsOk',
      toolsVersion: '12352',
      diskCapacityBytes: 41 * GiB,
      diskCount: 2,
      nicCount: 1,
      snapshotCount: 1,
      customAttributes: ['Owner=team web'],
    });
  });

  it('leads a machine to its host, folder, pool, datastores and networks', () => {
    const { edges } = named(read, 'VirtualMachine', 'web-01');
    expect(edges).toEqual({
      host: { kind: 'Host', externalId: `${vCenter}/host/esx01.example.com` },
      folder: { kind: 'Folder', externalId: `${vCenter}/folder/DC Köln/vm/shop/web` },
      resourcePool: {
        kind: 'ResourcePool',
        externalId: `${vCenter}/pool//DC Köln/prod/Resources/gold`,
      },
      datastores: [
        { kind: 'Datastore', externalId: `${vCenter}/datastore/datastore-1` },
        { kind: 'Datastore', externalId: `${vCenter}/datastore/datastore-2` },
      ],
      networks: [{ kind: 'Network', externalId: `${vCenter}/portgroup/dvs-1/pg-web` }],
    });
  });

  it('keeps templates apart from machines', () => {
    expect(named(read, 'Template', 'tpl-rhel9').properties.memoryMB).toBe(2048);
    expect(read.records.filter(({ kind }) => kind === 'VirtualMachine')).toHaveLength(2);
  });

  it('reads disks with bus, place and raw device, and file systems on their disks', () => {
    expect(named(read, 'Disk', 'Hard disk 1').properties).toMatchObject({
      key: 2000,
      bus: 'scsi',
      controllerBusNumber: 1,
      unitNumber: 3,
      capacityBytes: 40 * GiB,
      thinProvisioned: true,
      rdm: false,
      sharing: 'sharingNone',
    });
    expect(named(read, 'Disk', 'Hard disk 2').properties).toMatchObject({
      bus: 'nvme',
      rdm: true,
      rdmCompatibility: 'physicalMode',
      lunUuid: 'naa.6001',
    });
    expect(named(read, 'FileSystem', '/').edges.disks).toEqual([
      { kind: 'Disk', externalId: `${vCenter}/vm-11/disk/2000` },
    ]);
  });

  it('reads adapters with the words of the model', () => {
    const nic = named(read, 'Nic', 'Network adapter 1');
    expect(nic.properties).toMatchObject({
      model: 'vmxnet3',
      mac: '00:50:56:aa:00:11',
      macType: 'assigned',
      connected: true,
      networkName: 'pg-web',
    });
    expect(named(read, 'GuestNetwork', '10.0.0.12').edges.nic).toEqual({
      kind: 'Nic',
      externalId: nic.externalId,
    });
  });

  it('tells access networks from trunks, and draws their VLANs', () => {
    expect(named(read, 'Network', 'pg-web').properties).toMatchObject({
      variant: 'distributedPortGroup',
      vlanType: 'access',
      vlanId: 120,
    });
    expect(named(read, 'Network', 'pg-trunk').properties).toMatchObject({
      vlanType: 'trunk',
      trunkRanges: ['10-10', '20-29'],
    });
    expect(named(read, 'Network', 'Management Network').properties.variant).toBe('standard');
    expect(named(read, 'Vlan', 'VLAN 120').properties.vlanId).toBe(120);
  });

  it('reads hosts with what hangs on them, and one without a cluster as its own', () => {
    const host = named(read, 'Host', 'esx01.example.com');
    expect(host.properties).toMatchObject({
      productName: 'VMware ESXi',
      productVersion: '7.0.3',
      productBuild: '21424296',
      cpuUsageMHz: 20_800,
      memoryBytes: 512 * GiB,
      ntpServers: ['ntp1', 'ntp2'],
      hbas: ['vmhba2 FibreChannel 00:00:00:00:00:00:00:01'],
    });
    expect(host.edges.cluster).toEqual({
      kind: 'Cluster',
      externalId: `${vCenter}/cluster/DC Köln/prod`,
    });
    expect(named(read, 'PhysicalNic', 'vmnic0').edges.switches).toEqual([
      { kind: 'Switch', externalId: `${host.externalId}/vswitch/vSwitch0` },
    ]);
    expect(named(read, 'PhysicalNic', 'vmnic1').properties.linkUp).toBe(false);
    expect(named(read, 'Cluster', 'esx99.example.com').properties.variant).toBe('standalone');
    expect(named(read, 'Cluster', 'prod').properties).toMatchObject({
      variant: 'cluster',
      drsEnabled: true,
      haEnabled: true,
    });
  });

  it('reads datastores with their hosts and the cluster of datastores', () => {
    expect(named(read, 'Datastore', 'ds-01').edges.parent).toEqual({
      kind: 'DatastoreCluster',
      externalId: `${vCenter}/datastorecluster/pod-1`,
    });
    expect(named(read, 'Datastore', 'ds-02').properties).toMatchObject({
      nasHost: 'filer',
      nasPath: '/export/ds02',
    });
    expect(named(read, 'Host', 'esx99.example.com').edges.datastores).toEqual([
      { kind: 'Datastore', externalId: `${vCenter}/datastore/datastore-2` },
    ]);
  });

  it('takes no licence key along', () => {
    expect(JSON.stringify(read.objects)).not.toContain('AAAAA-BBBBB');
  });
});
