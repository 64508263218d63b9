import { applications, type Application, type Tier } from './applications.js';
import { attributeKeys } from './custom-attributes.js';
import { guestSystems, type GuestSystem } from './guest-systems.js';
import { GiB } from './inventory-value.js';
import { networkOf, type Datastore, type Layout, type Network } from './layout.js';
import type { DiskDraft, MachineDraft, NicDraft, VolumeDraft } from './machine-draft.js';
import { applyPeculiarities } from './peculiarities.js';
import { poolsOf } from './pools.js';
import { Random } from './random.js';
import { tagsFor } from './tags.js';

/** Machines have ids of their own range, so that a place can be added without renaming them. */
export const machineId = (index: number): string => `vm-${1_000_000 + index}`;

const firstDiskKey = 2000;
const firstNicKey = 4000;

interface Size {
  readonly cpus: number;
  readonly memoryMB: number;
  readonly disksGiB: readonly [number, ...number[]];
}

function sizeOf(random: Random, tier: Tier): Size {
  switch (tier) {
    case 'web':
      return random.weighted<Size>([
        [6, { cpus: 2, memoryMB: 4096, disksGiB: [40] }],
        [2, { cpus: 4, memoryMB: 8192, disksGiB: [60] }],
        [1, { cpus: 1, memoryMB: 2048, disksGiB: [20] }],
      ]);
    case 'app':
      return random.weighted<Size>([
        [5, { cpus: 4, memoryMB: 16_384, disksGiB: [60, 100] }],
        [2, { cpus: 8, memoryMB: 32_768, disksGiB: [60, 200] }],
      ]);
    case 'db':
      return random.weighted<Size>([
        [4, { cpus: 8, memoryMB: 65_536, disksGiB: [80, 500, 200] }],
        [1, { cpus: 16, memoryMB: 262_144, disksGiB: [80, 2048, 1024, 500] }],
      ]);
  }
}

function disksOf(name: string, size: Size, datastore: Datastore, tracked: boolean): DiskDraft[] {
  return size.disksGiB.map((capacityGiB, place) => ({
    key: firstDiskKey + place,
    capacityGiB,
    datastore,
    file: `[${datastore.name}] ${name}/${name}${place === 0 ? '' : `_${place}`}.vmdk`,
    mode: 'persistent',
    sharing: 'sharingNone',
    thin: place === 0,
    changeTracking: tracked,
  }));
}

function addressOf(network: Network, site: number, index: number): string {
  return `10.${(site * 64 + network.subnet) % 250}.${Math.floor(index / 250) % 250}.${(index % 250) + 4}`;
}

function macOf(index: number, place: number): string {
  const digits = (index * 8 + place).toString(16).padStart(6, '0').slice(-6);
  const pairs = digits.match(/../gu) ?? [];
  return ['00', '50', '56', ...pairs].join(':');
}

function nicsOf(random: Random, application: Application, tier: Tier, index: number): NicDraft[] {
  const { site, profile } = application.cluster;
  const front = (): Network => {
    if (profile === 'dmz') return networkOf(site, random.chance(0.3) ? 'quarantine' : 'shop');
    if (tier === 'web') return networkOf(site, random.chance(0.1) ? 'segment' : 'web');
    return networkOf(site, tier === 'app' ? 'app' : 'db');
  };
  const back = (): Network[] => {
    if (tier === 'db') return [networkOf(site, 'storage')];
    if (random.chance(0.1)) return [networkOf(site, 'standard', 1)];
    return random.chance(0.05) ? [networkOf(site, 'segment', 1)] : [];
  };
  return [front(), ...back()].map((network, place) => ({
    key: firstNicKey + place,
    network,
    mac: macOf(index, place),
    address: addressOf(network, site.index, index),
    sriov: false,
  }));
}

const onDisk = (
  disk: number,
  path: string,
  type: string,
  capacityGiB: number,
  free: number,
): VolumeDraft => ({
  path,
  type,
  capacityGiB,
  freeBytes: Math.floor(capacityGiB * GiB * free),
  disk,
});

function volumesOf(random: Random, system: GuestSystem, size: Size): VolumeDraft[] {
  const free = () => 0.1 + random.next() * 0.7;
  const [first, ...more] = size.disksGiB;
  if (system.family === 'windows') {
    return [first, ...more].map((capacity, place) =>
      onDisk(place, `${String.fromCharCode(67 + place)}:\\`, 'NTFS', capacity, free()),
    );
  }
  return [
    onDisk(0, '/', 'xfs', first - 1, free()),
    onDisk(0, '/boot', 'xfs', 1, 0.5),
    ...more.map((capacity, place) =>
      onDisk(place + 1, place === 0 ? '/data' : `/data${place + 1}`, 'xfs', capacity, free()),
    ),
  ];
}

function plainName(application: Application, tier: Tier, place: number): string {
  const stage = { production: 'p', test: 't', development: 'd' }[application.environment];
  return `${application.name}-${tier}-${stage}${String(place + 1).padStart(2, '0')}`;
}

function draft(seed: number, application: Application, tier: Tier, place: number): MachineDraft {
  const index = application.firstMachine + place;
  const random = new Random(seed, 'machine', index);
  const { cluster } = application;
  const name = plainName(application, tier, place);
  const size = sizeOf(random, tier);
  const system = random.weighted(guestSystems);
  // Development has changed block tracking off in a whole cluster: nobody backs it up.
  const tracked = cluster.profile !== 'dev';
  const shared = cluster.datastores.filter((datastore) => datastore.isShared);
  const datastore = shared[index % shared.length] ?? cluster.datastores[0];
  const isOn = application.environment === 'development' ? random.chance(0.6) : random.chance(0.93);
  const hostName = application.fromGoldenTemplate
    ? 'localhost.localdomain'
    : `${name}.${cluster.site.city}.example.com`;
  return {
    index,
    id: machineId(index),
    site: cluster.site,
    cluster,
    host: cluster.hosts[index % cluster.hosts.length] ?? cluster.hosts[0],
    application,
    tier,
    isTemplate: false,
    name,
    folderId: application.folderId,
    poolId: poolsOf(cluster).forTier(application.environment, application.index).id,
    system,
    cpus: size.cpus,
    coresPerSocket: random.chance(0.3) ? size.cpus : 1,
    memoryMB: size.memoryMB,
    powerState: isOn ? 'poweredOn' : random.chance(0.05) ? 'suspended' : 'poweredOff',
    toolsRunning: isOn && random.chance(0.97),
    // vCenter keeps the last name of a guest that has run once.
    hostName: isOn || random.chance(0.5) ? hostName : undefined,
    annotation: random.chance(0.4)
      ? `${application.name} (${tier}), owner ${application.owner}`
      : undefined,
    disks: disksOf(name, size, datastore, tracked),
    busSharing: 'noSharing',
    nics: nicsOf(random, application, tier, index),
    volumes: volumesOf(random, system, size),
    snapshots: [],
    settings: new Map([['svga.present', 'TRUE']]),
    devices: [],
    hasChangeTracking: tracked,
    consolidationNeeded: false,
    hotAdd: false,
    affinity: [],
    isFaultTolerant: false,
    secureBoot: system.firmware === 'efi' && random.chance(0.6),
    isOrphaned: false,
    tags: tagsFor(application, tier),
    attributes: new Map([
      [attributeKeys.owner, application.owner],
      [attributeKeys.costCentre, `CC-${1000 + (application.index % 40)}`],
    ]),
  };
}

/** The machines of an application, in the order of their numbers. */
export function machinesOf(seed: number, application: Application): MachineDraft[] {
  const drafts = application.tiers.map((tier, place) => draft(seed, application, tier, place));
  for (const machine of drafts) applyPeculiarities(machine, drafts, seed);
  return drafts;
}

/** All machines of the estate, one application at a time. */
export function* machines(layout: Layout, count: number, seed: number): Generator<MachineDraft> {
  for (const application of applications(layout, count, seed)) {
    yield* machinesOf(seed, application);
  }
}
