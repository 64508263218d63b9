import type { Application, Tier } from './applications.js';
import type { GuestSystem } from './guest-systems.js';
import type { Cluster, Datastore, Host, Network, Site } from './layout.js';
import type { Body } from './inventory-value.js';

export interface DiskDraft {
  readonly key: number;
  capacityGiB: number;
  /** Undefined where the datastore is gone: the file's name alone tells of it. */
  datastore: Datastore | undefined;
  file: string;
  mode: 'persistent' | 'independent_persistent' | 'independent_nonpersistent';
  sharing: 'sharingNone' | 'sharingMultiWriter';
  thin: boolean;
  changeTracking: boolean;
  /** Physical or virtual compatibility of a raw device mapping. */
  rawDevice?: 'physicalMode' | 'virtualMode';
}

export interface NicDraft {
  readonly key: number;
  readonly network: Network;
  readonly mac: string;
  readonly address: string | undefined;
  sriov: boolean;
}

export interface SnapshotDraft {
  readonly id: string;
  readonly name: string;
  readonly daysAgo: number;
  readonly hasMemory: boolean;
  readonly children: readonly SnapshotDraft[];
}

/** A file system as the guest agent reports it. */
export interface VolumeDraft {
  readonly path: string;
  readonly type: string;
  readonly capacityGiB: number;
  freeBytes: number;
  /** Index of its disk; undefined where an old agent cannot tell. */
  disk: number | undefined;
}

/** A machine before it is written in vSphere's terms. Peculiarities change it. */
export interface MachineDraft {
  readonly index: number;
  readonly id: string;
  readonly site: Site;
  readonly cluster: Cluster;
  readonly host: Host;
  readonly application: Application | undefined;
  readonly tier: Tier | undefined;
  readonly isTemplate: boolean;
  name: string;
  folderId: string;
  poolId: string | undefined;
  system: GuestSystem;
  cpus: number;
  coresPerSocket: number;
  memoryMB: number;
  powerState: 'poweredOn' | 'poweredOff' | 'suspended';
  toolsRunning: boolean;
  hostName: string | undefined;
  annotation: string | undefined;
  disks: DiskDraft[];
  busSharing: 'noSharing' | 'physicalSharing';
  nics: NicDraft[];
  volumes: VolumeDraft[];
  snapshots: SnapshotDraft[];
  /** Advanced settings. */
  settings: Map<string, string>;
  /** Devices beside controllers, disks and adapters, as vim25 has them. */
  devices: Body[];
  hasChangeTracking: boolean;
  consolidationNeeded: boolean;
  hotAdd: boolean;
  affinity: readonly number[];
  isFaultTolerant: boolean;
  secureBoot: boolean;
  /** The source cannot read its configuration. */
  isOrphaned: boolean;
  tags: string[];
  attributes: Map<number, string>;
}
