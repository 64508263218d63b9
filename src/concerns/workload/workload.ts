import { z } from 'zod';

const text = z.string().nullable();
const number = z.number().nullable();
const flag = z.boolean().nullable();
const named = z.object({ id: z.string(), name: z.string() });

const disk = named.extend({
  key: number,
  file: text,
  capacityBytes: number,
  bus: text,
  controllerBusNumber: number,
  unitNumber: number,
  mode: text,
  shared: flag,
  sharing: text,
  rdm: flag,
  rdmCompatibility: text,
  changeTrackingEnabled: flag,
  status: text,
  attachmentCount: number,
  datastore: named.extend({ accessible: flag }).nullable(),
});

const nic = named.extend({ key: number, model: text, network: named.nullable() });

const device = named.extend({
  key: number,
  deviceClass: text,
  sourceType: text,
  summary: text,
  vgpuProfile: text,
  vendorId: text,
  deviceId: text,
});

const fileSystem = named.extend({
  path: text,
  type: text,
  freeBytes: number,
  diskKeys: z.array(z.string()).nullable(),
});

const drsRule = named.extend({
  ruleType: text,
  enabled: flag,
  mandatory: flag,
  hostGroup: text,
});

/** A machine with all that rules read, and nothing else. Null is unknown. */
export const workloadShape = {
  ...named.shape,
  source: z.string(),
  connectionState: text,
  cpuCount: number,
  memoryMB: number,
  cpuHotAddEnabled: flag,
  cpuHotRemoveEnabled: flag,
  memoryHotAddEnabled: flag,
  cpuAffinity: z.array(z.number()).nullable(),
  numaNodeAffinity: z.array(z.string()).nullable(),
  faultToleranceEnabled: flag,
  changeTrackingEnabled: flag,
  diskEnableUuid: flag,
  consolidationNeeded: flag,
  tpmPresent: flag,
  guestId: text,
  guestName: text,
  guestNameFromTools: text,
  hostName: text,
  powerState: text,
  sourcePowerState: text,
  /** `key=value` of the image that a machine of a cloud was made from; null where unknown. */
  imageProperties: z.array(z.string()).nullable(),
  /** `key=value` of the flavor that sizes a machine of a cloud; null where unknown. */
  flavorExtraSpecs: z.array(z.string()).nullable(),
  floatingIpAddresses: z.array(z.string()).nullable(),
  toolsRunningStatus: text,
  host: named.nullable(),
  cluster: named.extend({ drsEnabled: flag, drsBehavior: text, dpmEnabled: flag }).nullable(),
  disks: z.array(disk),
  nics: z.array(nic),
  /** Devices of the classes that rules look at. */
  devices: z.array(device),
  snapshots: z.array(named.extend({ createdAt: text })),
  fileSystems: z.array(fileSystem),
  guestAddressCount: z.number(),
  /** Rules that bind the machine to hosts, or away from them, through a group it is in. */
  hostRules: z.array(drsRule),
};

export const workloadFacts = z.object(workloadShape);
type WorkloadFacts = Readonly<z.output<typeof workloadFacts>>;
export type WorkloadFactsDisk = WorkloadFacts['disks'][number];

export type WorkloadDisk = WorkloadFactsDisk & {
  /** What the machines that share its backing file have in common; null where none shares it. */
  readonly sharedFile: SharedFile | null;
};

/** One backing file that several machines use. */
export interface SharedFile {
  /** `<source>/file/<datastore id>/<path without the suffix of a snapshot>`. */
  readonly key: string;
  /** Of all disks over the file the one with the smallest id. */
  readonly diskId: string;
}

export type Workload = Omit<WorkloadFacts, 'disks'> & { readonly disks: readonly WorkloadDisk[] };
