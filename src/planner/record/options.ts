import { z } from 'zod';

const labelValue = z.string().regex(/^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/u);
const qualifiedKey = z
  .string()
  .max(317)
  .regex(
    /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/u,
  );

const hook = z.strictObject({
  image: z.string().min(1).describe('Image of the Job that runs the hook.'),
  playbook: z.string().optional().describe('Ansible playbook for the runner of the image.'),
  serviceAccount: z.string().optional(),
  deadlineSeconds: z.int().positive().optional(),
});

/** What a person decides for all machines of a plan. */
export const planOptions = z.strictObject({
  powerState: z
    .enum(['auto', 'on', 'off'])
    .default('auto')
    .describe('Target machine on, off, or as the source was.'),
  powerOff: z
    .enum(['graceful', 'gracefulThenHard', 'hard'])
    .default('graceful')
    .describe('How the source is turned off; hard loses what the guest has not written.'),
  shutdownTimeoutSeconds: z.int().min(10).max(86_400).default(600),
  preserveStaticAddresses: z
    .boolean()
    .default(true)
    .describe('Keep static addresses of guests that are converted.'),
  conversion: z
    .enum(['auto', 'skip'])
    .default('auto')
    .describe('Guest conversion by virt-v2v, or none at all.'),
  compatibilityMode: z
    .boolean()
    .default(true)
    .describe('SATA, e1000e and USB for guests that are not converted and may lack drivers.'),
  copy: z
    .enum(['auto', 'vddk', 'virt-v2v'])
    .default('auto')
    .describe('Who copies: CDI by VDDK, or virt-v2v while it converts.'),
  vddkImage: z.string().min(1).optional().describe('Image with VMware VDDK.'),
  instanceTypes: z
    .enum(['none', 'exact', 'nearest'])
    .default('none')
    .describe('Use instance types of the target in place of CPU and memory.'),
  preferences: z.boolean().default(true).describe('Use preferences of the target by guest OS.'),
  migrateSharedDisks: z.boolean().default(true),
  tagLabels: z
    .boolean()
    .default(true)
    .describe('Tags become labels, custom attributes annotations.'),
  labels: z.record(qualifiedKey, labelValue).default({}),
  annotations: z.record(qualifiedKey, z.string()).default({}),
  preHook: hook.optional(),
  postHook: hook.optional(),
});
export type PlanOptions = z.output<typeof planOptions>;
export type PlanOptionsInput = z.input<typeof planOptions>;
