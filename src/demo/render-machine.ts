import type { VsphereRawObject } from '../collectors/vsphere/raw.js';
import { placeOnBus } from './bus-place.js';
import { attributeNames } from './custom-attributes.js';
import { estateTime } from './estate-time.js';
import { allocation, GiB, rawObject, reference, storedName, type Body } from './inventory-value.js';
import type { Network } from './layout.js';
import type { MachineDraft } from './machine-draft.js';
import { Random } from './random.js';
import { devicesOf } from './render-devices.js';
import { guestOf } from './render-guest.js';
import { fileLayout, snapshotInfo } from './render-snapshots.js';

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

const networkTypes: Readonly<Record<Network['variant'], string>> = {
  distributed: 'DistributedVirtualPortgroup',
  standard: 'Network',
  opaque: 'OpaqueNetwork',
};

/** Committed and uncommitted bytes, the same for the summary and the file layout. */
function storageOf(machine: MachineDraft): { committed: number; uncommitted: number } {
  let committed = 0;
  let uncommitted = 0;
  for (const disk of machine.disks) {
    const capacity = disk.capacityGiB * GiB;
    const used = disk.thin ? Math.floor(capacity * 0.4) : capacity;
    committed += used;
    uncommitted += capacity - used;
  }
  return { committed, uncommitted };
}

function hardwareOf(machine: MachineDraft): Body {
  return {
    numCPU: machine.cpus,
    numCoresPerSocket: machine.coresPerSocket,
    memoryMB: machine.memoryMB,
    device: devicesOf(machine),
  };
}

function configurationOf(machine: MachineDraft, random: Random): Body {
  const { system } = machine;
  const shares = machine.cpus * 1000;
  return {
    'config.changeVersion': estateTime(random.integer(1, 400)),
    'config.createDate': estateTime(random.integer(30, 3000)),
    'config.version': random.pick(['vmx-19', 'vmx-17', 'vmx-13']),
    'config.annotation': machine.annotation,
    'config.firmware': system.firmware,
    'config.bootOptions': { efiSecureBootEnabled: machine.secureBoot },
    'config.guestId': system.guestId,
    'config.guestFullName': system.fullName,
    'config.files.vmPathName': `[${machine.cluster.datastores[0].name}] ${machine.id}/${machine.id}.vmx`,
    'config.tools.syncTimeWithHost': random.chance(0.1),
    'config.hardware': hardwareOf(machine),
    'config.cpuAllocation': allocation(shares, machine.isFaultTolerant ? 1000 : 0),
    'config.memoryAllocation': allocation(machine.memoryMB * 10),
    'config.cpuAffinity':
      machine.affinity.length === 0 ? undefined : { affinitySet: machine.affinity },
    'config.cpuHotAddEnabled': machine.hotAdd,
    'config.cpuHotRemoveEnabled': false,
    'config.memoryHotAddEnabled': machine.hotAdd,
    'config.nestedHVEnabled': false,
    'config.changeTrackingEnabled': machine.hasChangeTracking,
    'config.ftInfo': machine.isFaultTolerant
      ? {
          $type: 'FaultTolerancePrimaryConfigInfo',
          role: 1,
          instanceUuids: [random.uuid()],
          configPaths: [
            `[${machine.cluster.datastores[0].name}] ${machine.id}_1/${machine.id}.vmx`,
          ],
        }
      : undefined,
    'config.extraConfig': settingsOf(machine),
  };
}

/** vSphere keeps change tracking of a disk as a setting named by its place on the bus. */
function settingsOf(machine: MachineDraft): Body[] {
  const settings = new Map(machine.settings);
  if (machine.hasChangeTracking) settings.set('ctkEnabled', 'TRUE');
  for (const [place, disk] of machine.disks.entries()) {
    if (!disk.changeTracking) continue;
    const { bus, unit } = placeOnBus(place);
    settings.set(`scsi${bus}:${unit}.ctkEnabled`, 'TRUE');
  }
  return [...settings].map(([key, value]) => ({ $type: 'OptionValue', key, value }));
}

function runtimeOf(machine: MachineDraft, random: Random): Body {
  return {
    'runtime.host': reference('HostSystem', machine.host.id),
    'runtime.powerState': machine.powerState,
    'runtime.connectionState': machine.isOrphaned ? 'orphaned' : 'connected',
    'runtime.bootTime':
      machine.powerState === 'poweredOn' ? estateTime(random.integer(0, 300)) : undefined,
    'runtime.consolidationNeeded': machine.consolidationNeeded,
  };
}

function summaryOf(machine: MachineDraft, random: Random): Body {
  const isOn = machine.powerState === 'poweredOn';
  const { committed, uncommitted } = storageOf(machine);
  const used = isOn ? Math.floor(machine.memoryMB * (0.05 + random.next() * 0.5)) : 0;
  return {
    'summary.config.tpmPresent': machine.devices.some(({ $type }) => $type === 'VirtualTPM'),
    'summary.quickStats': {
      overallCpuUsage: isOn ? random.integer(20, machine.cpus * 900) : 0,
      overallCpuDemand: isOn ? random.integer(20, machine.cpus * 1000) : 0,
      guestMemoryUsage: used,
      hostMemoryUsage: isOn ? machine.memoryMB : 0,
      guestHeartbeatStatus: machine.toolsRunning ? 'green' : 'gray',
      privateMemory: used,
      sharedMemory: 0,
      swappedMemory: 0,
      balloonedMemory: isOn && random.chance(0.05) ? random.integer(64, 512) : 0,
      consumedOverheadMemory: isOn ? 90 : 0,
      uptimeSeconds: isOn ? random.integer(600, 25_000_000) : 0,
    },
    'summary.storage': {
      committed,
      uncommitted,
      unshared: committed,
      timestamp: estateTime(0),
    },
  };
}

function relations(machine: MachineDraft): Body {
  const networks = new Map(machine.nics.map(({ network }) => [network.id, network]));
  const datastores = unique(machine.disks.flatMap(({ datastore }) => datastore?.id ?? []));
  const found = machine.nics
    .filter(({ network }) => network.variant === 'opaque')
    .map(({ key, network }): [string, string] => [String(key), network.id]);
  return {
    network: [...networks.values()].map(({ id, variant }) => reference(networkTypes[variant], id)),
    datastore: datastores.map((id) => reference('Datastore', id)),
    $networkOf: found.length === 0 ? undefined : Object.fromEntries(found),
  };
}

function attributesOf({ attributes }: MachineDraft): Body {
  if (attributes.size === 0) return {};
  return {
    availableField: [...attributes.keys()].map((key) => ({
      key,
      name: attributeNames.get(key) ?? String(key),
    })),
    customValue: [...attributes].map(([key, value]) => ({
      $type: 'CustomFieldStringValue',
      key,
      value,
    })),
  };
}

/** A machine as the vSphere collector would read it. */
export function machineObject(
  machine: MachineDraft,
  seed: number,
  folderPath: string,
): VsphereRawObject {
  const random = new Random(seed, 'render', machine.index);
  const { poolId, isOrphaned } = machine;
  const uuids = { 'config.uuid': random.uuid(), 'config.instanceUuid': random.uuid() };
  return rawObject('VirtualMachine', machine.id, {
    name: storedName(machine.name),
    parent: reference('Folder', machine.folderId),
    resourcePool:
      poolId === undefined
        ? undefined
        : reference(poolId.startsWith('resgroup-v') ? 'VirtualApp' : 'ResourcePool', poolId),
    overallStatus: random.weighted([
      [90, 'green'],
      [6, 'yellow'],
      [3, 'red'],
      [1, 'gray'],
    ]),
    ...runtimeOf(machine, random),
    ...(isOrphaned
      ? {}
      : {
          ...uuids,
          'config.template': machine.isTemplate,
          ...configurationOf(machine, random),
          ...summaryOf(machine, random),
          ...guestOf(machine, random),
          snapshot: snapshotInfo(machine),
          layoutEx: fileLayout(machine),
          ...attributesOf(machine),
        }),
    ...relations(machine),
    $path: `${folderPath}/${machine.name}`,
    $tags: machine.tags.length === 0 ? undefined : machine.tags,
  });
}
