import { z } from 'zod';

const text = z.string().nullish();
const whole = z.number().nullish();
const flag = z.boolean().nullish();
const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

export const diskFacts = z.object({
  id: z.string(),
  key: whole,
  name: z.string(),
  file: text,
  capacityBytes: whole,
  bus: text,
  controllerBusNumber: whole,
  unitNumber: whole,
  mode: text,
  shared: flag,
  rdm: flag,
  serial: text,
  changeTrackingEnabled: flag,
  datastore: text,
  datastoreName: text,
});
export type DiskFacts = z.output<typeof diskFacts>;

export const nicFacts = z.object({
  id: z.string(),
  key: whole,
  order: whole,
  mac: text,
  model: text,
  startConnected: flag,
  networkName: text,
  network: text,
});
export type NicFacts = z.output<typeof nicFacts>;

const deviceFacts = z.object({
  name: z.string(),
  deviceClass: text,
  vgpuProfile: text,
  backing: text,
  summary: text,
});

const addressFacts = z.object({
  mac: text,
  ipAddress: text,
  prefixLength: whole,
  origin: text,
});

const concernFacts = z.object({
  id: z.string(),
  category: z.string(),
  label: z.string(),
  assessment: text,
});

const tagFacts = z.object({ name: z.string(), category: text });

const hostFacts = z.object({
  id: z.string(),
  externalId: z.string(),
  name: z.string(),
  timezone: text,
  inMaintenanceMode: flag,
  cluster: text,
  clusterName: text,
});

/**
 * What a plan knows of a source machine, as it was in the inventory when the plan was made. The
 * plan keeps it, so that a later look can tell what has changed since.
 */
export const machineFacts = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string(),
  name: z.string(),
  uuid: text,
  instanceUuid: text,
  path: text,
  powerState: text,
  connectionState: text,
  firmware: text,
  secureBoot: flag,
  cpuCount: whole,
  coresPerSocket: whole,
  memoryMB: whole,
  nestedVirtualizationEnabled: flag,
  faultToleranceEnabled: flag,
  consolidationNeeded: flag,
  snapshotCount: whole,
  tpmPresent: flag,
  encrypted: flag,
  guestId: text,
  guestName: text,
  guestNameFromTools: text,
  osFamily: text,
  hostName: text,
  toolsStatus: text,
  toolsRunningStatus: text,
  customAttributes: texts,
  host: hostFacts.nullish(),
  disks: z.array(diskFacts),
  nics: z.array(nicFacts),
  devices: z.array(deviceFacts),
  addresses: z.array(addressFacts),
  concerns: z.array(concernFacts),
  tags: z.array(tagFacts),
});
export type MachineFacts = z.output<typeof machineFacts>;
