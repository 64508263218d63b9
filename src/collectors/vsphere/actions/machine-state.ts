import { z } from 'zod';
import { decodedName } from '../inventory-name.js';
import type { VimClient } from '../vim-client.js';
import { readObject } from './read-object.js';

const powerState = z.enum(['poweredOn', 'poweredOff', 'suspended', 'unknown']).catch('unknown');
export type PowerState = z.infer<typeof powerState>;

export interface ControlledDisk {
  /** Device key. */
  readonly key: number;
  /** Backing file, for instance `[datastore] vm/vm.vmdk`. */
  readonly file: string;
  readonly capacityBytes: number;
}

/** What is looked at before a machine is touched. */
export interface ControlledMachine {
  readonly name: string;
  /** BIOS UUID. */
  readonly uuid?: string;
  readonly powerState: PowerState;
  readonly connected: boolean;
  readonly template: boolean;
  /** Whether the guest agent runs, without which a guest cannot be asked to shut down. */
  readonly guestAgentRunning: boolean;
  readonly disks: readonly ControlledDisk[];
}

const device = z.object({
  $type: z.string().optional(),
  key: z.number(),
  capacityInBytes: z.number().optional(),
  capacityInKB: z.number().optional(),
  backing: z.object({ fileName: z.string().optional() }).optional(),
});
type Device = z.infer<typeof device>;

const state = z.object({
  name: z.string().default(''),
  'config.uuid': z.string().optional(),
  'config.template': z.boolean().default(false),
  'config.hardware.device': z.array(z.unknown()).default([]),
  'runtime.powerState': powerState.default('unknown'),
  'runtime.connectionState': z.string().default(''),
  'guest.toolsRunningStatus': z.string().default(''),
});
const paths = Object.keys(state.shape);

const isDisk = ({ $type }: Device): boolean => $type === 'VirtualDisk';

const disk = ({ key, backing, capacityInBytes, capacityInKB }: Device): ControlledDisk => ({
  key,
  file: backing?.fileName ?? '',
  capacityBytes: capacityInBytes ?? (capacityInKB ?? 0) * 1024,
});

/** The machine as it is now; `undefined` where the source no longer knows it. */
export async function readMachine(
  client: VimClient,
  externalId: string,
  signal: AbortSignal,
): Promise<ControlledMachine | undefined> {
  const reference = { type: 'VirtualMachine', value: externalId };
  const properties = await readObject(client, reference, paths, signal);
  if (properties === undefined) return undefined;
  const read = state.parse(properties);
  const devices = read['config.hardware.device'].flatMap((each) => {
    const parsed = device.safeParse(each);
    return parsed.success ? [parsed.data] : [];
  });
  const uuid = read['config.uuid'];
  return {
    name: decodedName(read.name),
    ...(uuid === undefined ? {} : { uuid }),
    powerState: read['runtime.powerState'],
    connected: read['runtime.connectionState'] === 'connected',
    template: read['config.template'],
    guestAgentRunning: read['guest.toolsRunningStatus'] === 'guestToolsRunning',
    disks: devices.filter(isDisk).map(disk),
  };
}

/** `undefined` where the source no longer knows the machine. */
export async function readPowerState(
  client: VimClient,
  externalId: string,
  signal: AbortSignal,
): Promise<PowerState | undefined> {
  const reference = { type: 'VirtualMachine', value: externalId };
  const properties = await readObject(client, reference, ['runtime.powerState'], signal);
  return properties === undefined ? undefined : powerState.parse(properties['runtime.powerState']);
}
