import { z } from 'zod';
import type { RawObject } from '../../../../src/collectors/contract.js';

const reference = z.object({ type: z.string(), value: z.string() });
const text = z.string().optional();
const flag = z.boolean().optional();

const device = z.object({
  $type: text,
  key: z.number(),
  controllerKey: z.number().optional(),
  unitNumber: z.number().optional(),
  busNumber: z.number().optional(),
  capacityInBytes: z.number().optional(),
  backing: z
    .object({
      $type: text,
      fileName: text,
      datastore: reference.optional(),
      diskMode: text,
      sharing: text,
    })
    .optional(),
});
export type RawDevice = z.infer<typeof device>;

const machine = z.object({
  name: z.string(),
  'runtime.host': reference.optional(),
  'runtime.connectionState': text,
  'runtime.consolidationNeeded': flag,
  'config.template': flag,
  'config.guestId': text,
  'config.guestFullName': text,
  'config.changeTrackingEnabled': flag,
  'config.cpuAffinity': z.object({ affinitySet: z.array(z.number()) }).optional(),
  'config.cpuHotAddEnabled': flag,
  'config.cpuHotRemoveEnabled': flag,
  'config.memoryHotAddEnabled': flag,
  'config.ftInfo': z.object({ role: z.number() }).optional(),
  'config.extraConfig': z.array(z.object({ key: z.string(), value: z.string() })).default([]),
  'config.hardware': z.object({ device: z.array(device) }).default({ device: [] }),
  'guest.hostName': text,
  'guest.guestFullName': text,
  'guest.net': z.array(z.object({ ipAddress: z.array(z.string()).default([]) })).default([]),
  'guest.disk': z
    .array(
      z.object({
        diskPath: z.string(),
        freeSpace: z.number(),
        mappings: z.array(z.object({ key: z.number() })).default([]),
      }),
    )
    .default([]),
  snapshot: z.object({ rootSnapshotList: z.array(z.unknown()) }).optional(),
});

const host = z.object({ parent: reference });
const cluster = z.object({
  configurationEx: z
    .object({
      drsConfig: z.object({ enabled: flag }).optional(),
      dpmConfigInfo: z.object({ enabled: flag }).optional(),
      group: z
        .array(z.object({ name: z.string(), vm: z.array(reference).default([]) }))
        .default([]),
      rule: z.array(z.object({ $type: text, enabled: flag, vmGroupName: text })).default([]),
    })
    .optional(),
});

/** A machine in the raw form of its source, with the cluster that it runs in. */
export interface RawMachine extends z.infer<typeof machine> {
  readonly id: string;
  readonly cluster: NonNullable<z.infer<typeof cluster>['configurationEx']> | undefined;
  readonly disks: readonly RawDevice[];
  /** Names of files that machines besides this one use too. */
  readonly sharedFiles: ReadonlySet<string>;
}

const disksOf = (given: z.infer<typeof machine>): RawDevice[] =>
  given['config.hardware'].device.filter(({ $type }) => $type === 'VirtualDisk');

function sharedFiles(machines: readonly z.infer<typeof machine>[]): ReadonlySet<string> {
  const users = new Map<string, number>();
  for (const each of machines) {
    for (const { backing } of disksOf(each)) {
      if (backing?.fileName === undefined) continue;
      users.set(backing.fileName, (users.get(backing.fileName) ?? 0) + 1);
    }
  }
  return new Set([...users].filter(([, count]) => count > 1).map(([file]) => file));
}

/** The machines of an estate whose configuration can be read, templates left out. */
export function rawMachines(objects: readonly RawObject[]): readonly RawMachine[] {
  const clusters = new Map<string, RawMachine['cluster']>();
  const hosts = new Map<string, string>();
  const found: { id: string; given: z.infer<typeof machine> }[] = [];
  for (const { type, externalId, body } of objects) {
    if (type.endsWith('ComputeResource')) {
      clusters.set(externalId, cluster.parse(body).configurationEx);
    }
    if (type === 'HostSystem') hosts.set(externalId, host.parse(body).parent.value);
    if (type === 'VirtualMachine') found.push({ id: externalId, given: machine.parse(body) });
  }
  const shared = sharedFiles(found.map(({ given }) => given));
  return found
    .filter(({ given }) => given['config.template'] !== true)
    .filter(({ given }) => given['runtime.connectionState'] !== 'orphaned')
    .map(({ id, given }) => ({
      ...given,
      id,
      cluster: clusters.get(hosts.get(given['runtime.host']?.value ?? '') ?? ''),
      disks: disksOf(given),
      sharedFiles: shared,
    }));
}
