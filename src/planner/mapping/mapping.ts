import { z } from 'zod';

/** Where adapters of a source network go. */
export const networkDestination = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('pod') }),
  z.strictObject({ type: z.literal('multus'), namespace: z.string(), name: z.string() }),
  /** The adapter is left out. */
  z.strictObject({ type: z.literal('ignored') }),
]);
export type NetworkDestination = z.output<typeof networkDestination>;

/** 0 to 1: how sure a proposal is. A person's choice is 1. */
const confidence = z.number().min(0).max(1);
const reasons = z.array(z.string());

const networkProposal = z.object({ destination: networkDestination, confidence, reasons });
export type NetworkProposal = z.output<typeof networkProposal>;

export const networkMapping = z.object({
  /** Id of the network in the graph, or one made of its name where it is not in the inventory. */
  source: z.string(),
  sourceName: z.string(),
  vlanId: z.number().nullable(),
  destination: networkDestination.nullable(),
  confidence,
  reasons,
  alternatives: z.array(networkProposal),
  edited: z.boolean(),
});
export type NetworkMapping = z.output<typeof networkMapping>;

export const storageDestination = z.strictObject({
  storageClass: z.string(),
  /** Left to CDI where not given. */
  accessMode: z.enum(['ReadWriteOnce', 'ReadWriteMany', 'ReadWriteOncePod']).optional(),
  volumeMode: z.enum(['Block', 'Filesystem']).optional(),
});
export type StorageDestination = z.output<typeof storageDestination>;

const storageProposal = z.object({ destination: storageDestination, confidence, reasons });
export type StorageProposal = z.output<typeof storageProposal>;

export const storageMapping = z.object({
  source: z.string(),
  sourceName: z.string(),
  /** Sum of the capacities of the plan's disks on it. */
  requiredBytes: z.number(),
  destination: storageDestination.nullable(),
  confidence,
  reasons,
  alternatives: z.array(storageProposal),
  edited: z.boolean(),
});
export type StorageMapping = z.output<typeof storageMapping>;

export interface Mappings {
  readonly networks: readonly NetworkMapping[];
  readonly storage: readonly StorageMapping[];
}
