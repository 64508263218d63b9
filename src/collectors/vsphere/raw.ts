import type { RawObject } from '../contract.js';

/**
 * The raw form of vSphere objects: what the reader writes, what a bundle holds, and what `map`
 * and every generator of estates must agree on.
 *
 * - `type` is the managed object type of vim25 (the concrete one: ClusterComputeResource, not
 *   ComputeResource), or `Tag`.
 * - `externalId` is the value of the managed object reference (`vm-42`), or the tag's id.
 * - `body` has one entry for each property path that was read (see `paths.ts`); the path is the
 *   key as it stands (`config.hardware.numCPU`), and its value is JSON:
 *   - complex values are objects with vim25's field names;
 *   - a value whose class the source named (`xsi:type`) carries it as `$type`: devices, backings,
 *     configurations, rules, network specifications. Without `$type` the declared class is meant;
 *   - fields that vim25 declares as arrays are arrays always, with one element too;
 *     an array property that is empty is `[]`, an unset property is absent;
 *   - int, short, byte, long and double are numbers where a number is exact, else text (a long
 *     above 2^53 - 1); booleans are booleans; times are ISO 8601 text as the source prints them;
 *   - managed object references are `{ type, value }`.
 *   Fields that nothing here uses may be left out; unknown ones are ignored.
 * - Names stand as the source gives them, with `%2f`, `%5c` and `%25` for `/`, `\` and `%`.
 *
 * Keys that begin with `$` are not vim25's. The reader adds them, so that one object alone says
 * all that `map` needs, and a replay in any order gives the same graph:
 *
 * | key | on | value |
 * | --- | --- | --- |
 * | `$path` | all that have a place in a tree | names from the root down, decoded, joined by `/`, the root folder left out: `DC0/vm/prod/web-1` |
 * | `$tags` | any managed object | ids of the attached tags, in no order; null where the source refused to tell |
 * | `$networks` | HostSystem | `{ [port group name]: reference value }` of its standard networks |
 * | `$networkHints` | HostSystem | what its network cards hear of their neighbours, as QueryNetworkHint answers |
 * | `$switches` | HostSystem | `{ [uuid]: reference value }` of its distributed switches |
 * | `$networkOf` | VirtualMachine | `{ [device key]: reference value }` of adapters whose backing names its network by something else than the reference (opaque networks) |
 *
 * `availableField` holds the definitions of those custom fields alone that `customValue` uses.
 *
 * A `Tag` has the body `{ name, description, category, cardinality }`, all text; `category` is the
 * category's name and `cardinality` is `SINGLE` or `MULTIPLE`.
 */
export type VsphereRawObject = RawObject & { readonly type: VsphereType };

/** Every type of raw object, in the order of a full read: what others point at comes first. */
export const vsphereTypes = [
  'Folder',
  'StoragePod',
  'Datacenter',
  'Tag',
  'ClusterComputeResource',
  'ComputeResource',
  'Datastore',
  'DistributedVirtualSwitch',
  'VmwareDistributedVirtualSwitch',
  'HostSystem',
  'Network',
  'OpaqueNetwork',
  'DistributedVirtualPortgroup',
  'ResourcePool',
  'VirtualApp',
  'VirtualMachine',
] as const;
export type VsphereType = (typeof vsphereTypes)[number];

/** A managed object reference as it stands in a body. */
export interface ManagedObjectReference {
  readonly type: string;
  readonly value: string;
}

/** Keys that the reader adds beside vim25's property paths. */
export const addedKeys = {
  path: '$path',
  tags: '$tags',
  networks: '$networks',
  switches: '$switches',
  networkOf: '$networkOf',
  networkHints: '$networkHints',
} as const;

/** An example of each form that a value can take; the tests map both. */
export const exampleMachine: VsphereRawObject = {
  type: 'VirtualMachine',
  externalId: 'vm-42',
  body: {
    name: 'web%2f1',
    parent: { type: 'Folder', value: 'group-v3' },
    resourcePool: { type: 'ResourcePool', value: 'resgroup-8' },
    overallStatus: 'green',
    'config.uuid': '4231d5f0-6a44-8a5c-0000-0123456789ab',
    'config.instanceUuid': '5031d5f0-6a44-8a5c-0000-0123456789ab',
    'config.template': false,
    'config.firmware': 'efi',
    'config.guestId': 'rhel8_64Guest',
    'config.guestFullName': 'Red Hat Enterprise Linux 8 (64-bit)',
    'config.bootOptions': { efiSecureBootEnabled: true },
    'config.hardware': {
      numCPU: 4,
      numCoresPerSocket: 2,
      memoryMB: 8192,
      device: [
        {
          $type: 'ParaVirtualSCSIController',
          key: 1000,
          deviceInfo: { label: 'SCSI controller 0', summary: 'VMware paravirtual SCSI' },
          busNumber: 0,
          sharedBus: 'noSharing',
        },
        {
          $type: 'VirtualDisk',
          key: 2000,
          deviceInfo: { label: 'Hard disk 1', summary: '41,943,040 KB' },
          backing: {
            $type: 'VirtualDiskFlatVer2BackingInfo',
            fileName: '[ds-1] web/web.vmdk',
            datastore: { type: 'Datastore', value: 'datastore-11' },
            diskMode: 'persistent',
            thinProvisioned: true,
            uuid: '6000C290-0000-0000-0000-000000000001',
            sharing: 'sharingNone',
          },
          controllerKey: 1000,
          unitNumber: 0,
          capacityInBytes: 42949672960,
        },
        {
          $type: 'VirtualVmxnet3',
          key: 4000,
          deviceInfo: { label: 'Network adapter 1', summary: 'DVSwitch: 50 1e' },
          backing: {
            $type: 'VirtualEthernetCardDistributedVirtualPortBackingInfo',
            port: { switchUuid: '50 1e', portgroupKey: 'dvportgroup-13', portKey: '7' },
          },
          connectable: { startConnected: true, connected: true },
          macAddress: '00:50:56:AB:cd:01',
          addressType: 'assigned',
        },
      ],
    },
    'config.extraConfig': [{ key: 'disk.EnableUUID', value: 'TRUE' }],
    'runtime.host': { type: 'HostSystem', value: 'host-21' },
    'runtime.powerState': 'poweredOn',
    'runtime.connectionState': 'connected',
    'guest.net': [
      {
        network: 'prod',
        macAddress: '00:50:56:ab:cd:01',
        deviceConfigId: 4000,
        ipConfig: { ipAddress: [{ ipAddress: '10.1.2.3', prefixLength: 24, origin: 'manual' }] },
      },
    ],
    snapshot: {
      currentSnapshot: { type: 'VirtualMachineSnapshot', value: 'snapshot-9' },
      rootSnapshotList: [
        {
          snapshot: { type: 'VirtualMachineSnapshot', value: 'snapshot-9' },
          name: 'before patch',
          description: '',
          createTime: '2024-03-01T10:00:00.123Z',
          state: 'poweredOn',
          quiesced: false,
        },
      ],
    },
    network: [{ type: 'DistributedVirtualPortgroup', value: 'dvportgroup-13' }],
    datastore: [{ type: 'Datastore', value: 'datastore-11' }],
    availableField: [{ key: 101, name: 'owner' }],
    customValue: [{ $type: 'CustomFieldStringValue', key: 101, value: 'team-a' }],
    $path: 'DC0/vm/web/1',
    $tags: ['urn:vmomi:InventoryServiceTag:8d1f:GLOBAL'],
  },
};

/** See {@link exampleMachine}. */
export const exampleDatastore: VsphereRawObject = {
  type: 'Datastore',
  externalId: 'datastore-11',
  body: {
    name: 'ds-1',
    parent: { type: 'Folder', value: 'group-s5' },
    summary: {
      type: 'VMFS',
      url: 'ds:///vmfs/volumes/5f1e/',
      capacity: 1099511627776,
      freeSpace: 549755813888,
      accessible: true,
      multipleHostAccess: true,
      maintenanceMode: 'normal',
    },
    info: {
      $type: 'VmfsDatastoreInfo',
      vmfs: { version: '6.82', extent: [{ diskName: 'naa.600508b1', partition: 1 }] },
    },
    $path: 'DC0/datastore/ds-1',
  },
};
