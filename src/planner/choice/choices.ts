import { z } from 'zod';

/** A decision and why it was made. */
const decided = <Value extends z.ZodType>(value: Value) =>
  z.object({ value, reasons: z.array(z.string()) });

const guestFacts = z.object({
  family: z.enum(['linux', 'windows', 'other']),
  /** What the decision about the family rests on. */
  system: z.string(),
});
export type GuestFacts = z.output<typeof guestFacts>;

/** What is decided for one machine: proposed by the planner, changed by people. */
export const machineChoices = z.object({
  targetName: z.string(),
  nameReasons: z.array(z.string()),
  guest: guestFacts,
  power: decided(z.enum(['auto', 'on', 'off'])),
  conversion: decided(z.boolean()),
  compatibilityMode: decided(z.boolean()),
  copy: decided(z.enum(['vddk', 'virt-v2v'])),
  instanceType: decided(z.object({ kind: z.string(), name: z.string() }).nullable()),
  preference: decided(z.object({ kind: z.string(), name: z.string() }).nullable()),
  /** Static addresses that conversion is to keep. */
  staticAddresses: z.array(z.object({ mac: z.string(), address: z.string() })),
  /** Index of the disk to boot from, in the order of the target. */
  bootDisk: z.number().int().min(0),
  /** Fields that a person set, which later proposals leave alone. */
  edited: z.array(z.string()),
});
export type MachineChoices = z.output<typeof machineChoices>;
