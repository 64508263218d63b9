import { z } from 'zod';
import { manifestSchema } from './manifest.js';

const hookSchema = z.object({
  image: z.string().min(1),
  /** Ansible playbook that the image's runner plays; without it the image's own command runs. */
  playbook: z.string().optional(),
  serviceAccount: z.string().optional(),
  deadlineSeconds: z.number().int().positive().optional(),
});
export type Hook = z.infer<typeof hookSchema>;

const sourceDiskSchema = z.object({
  /** Device key in the source machine. */
  key: z.number().int(),
  /** Backing file in the source when the plan was made. */
  file: z.string(),
  capacityBytes: z.number().int().nonnegative(),
});

const diskOrderSchema = sourceDiskSchema.extend({
  dataVolume: manifestSchema,
});
export type DiskOrder = z.infer<typeof diskOrderSchema>;

/** What may be done to turn the source off. Hard power-off only where a person chose it. */
export const powerOffChoices = ['graceful', 'gracefulThenHard', 'hard'] as const;

/** Who copies the disks: CDI's importer through VDDK, or virt-v2v into blank volumes. */
export const copyMethods = ['vddk', 'virt-v2v'] as const;

/**
 * All that a run needs to know about one machine, frozen when the run starts so that editing the
 * plan does not change what is under way. It holds no secret.
 */
export const workOrderSchema = z.object({
  plan: z.string(),
  planName: z.string(),
  sourceId: z.string(),
  /** Id of the source that stands for the target cluster. */
  targetId: z.string(),
  namespace: z.string(),
  targetName: z.string(),
  source: z.object({
    /** Id in the graph. */
    id: z.string(),
    /** Managed object reference. */
    externalId: z.string(),
    name: z.string(),
    uuid: z.string().optional(),
    host: z.string().optional(),
    cluster: z.string().optional(),
    datastores: z.array(z.string()),
    /** All disks that the machine had when the plan was made, also those that stay behind. */
    disks: z.array(sourceDiskSchema),
  }),
  virtualMachine: manifestSchema,
  disks: z.array(diskOrderSchema),
  powerOff: z.enum(powerOffChoices),
  shutdownTimeoutSeconds: z.number().int().positive(),
  targetPower: z.enum(['asSource', 'on', 'off']),
  copy: z.enum(copyMethods),
  convertGuest: z.boolean(),
  /** Name that the volumes' `secretRef` gives to the Secret with the source's credentials. */
  secretName: z.string(),
  vddkImage: z.string().optional(),
  preHook: hookSchema.optional(),
  postHook: hookSchema.optional(),
});
export type WorkOrder = z.infer<typeof workOrderSchema>;
