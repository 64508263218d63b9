import { z } from 'zod';

const milliseconds = z.number().int().positive();
const count = z.number().int().positive();

/** How many machines may be under way at once; each bound counts over all migrations. */
const limitsSchema = z
  .object({
    /** For each hypervisor that the sources run on. */
    host: count.default(20),
    /** For each datastore that holds a disk to copy. */
    datastore: count.default(20),
    /** For each compute cluster of a source. */
    sourceCluster: count.default(60),
    /** For each target cluster. */
    targetCluster: count.default(100),
  })
  .prefault({});

const pollSchema = z
  .object({
    /** Between two looks at the power state of a source. */
    powerMs: milliseconds.default(3_000),
    /** Between two looks at volumes that are being copied. */
    copyMs: milliseconds.default(5_000),
    /** Between two looks at a Job. */
    jobMs: milliseconds.default(5_000),
    /** Between two looks at a target machine that starts or stops. */
    targetMs: milliseconds.default(3_000),
  })
  .prefault({});

/** How the executor works. Times in milliseconds unless the name says seconds. */
export const executorConfigurationSchema = z.object({
  /** Name of the queue in Redis; workers of one installation share it. */
  queue: z.string().min(1).default('opal-migrations'),
  /** Machines that one worker handles at the same moment. */
  concurrency: count.default(20),
  limits: limitsSchema,
  poll: pollSchema,
  /** How long a worker may be silent before another takes its machines over. */
  lockDurationMs: milliseconds.default(30_000),
  stalledIntervalMs: milliseconds.default(30_000),
  /** How often the queue is compared with the graph and filled up. */
  reconcileMs: milliseconds.default(15_000),
  /** An effect is begun only this soon after its fence was seen intact. */
  fenceFreshnessMs: milliseconds.default(5_000),
  /** How long a step is repeated on errors that may pass by themselves. */
  retryForMs: milliseconds.default(30 * 60_000),
  /**
   * Time limit of what a worker writes and reads in the graph: all of it is small, and a worker that
   * hangs must not hold a lock that others wait for.
   */
  graphTimeoutMs: milliseconds.default(30_000),
  /** First pause between two such repetitions; doubles up to a minute. */
  retryPauseMs: milliseconds.default(2_000),
  /** How long a target may take until its guest runs. */
  startTimeoutMs: milliseconds.default(10 * 60_000),
  /** How long the Pod of a conversion or a hook may take until it runs. */
  podStartTimeoutMs: milliseconds.default(10 * 60_000),
  /** How long volumes may take to go before a rollback, or whoever needs their names, gives up. */
  removalTimeoutMs: milliseconds.default(10 * 60_000),
  /** Times an importer may restart before the copy counts as failed. */
  importerRestarts: z.number().int().nonnegative().default(3),
  /** Times the Pod of a hook may fail before the hook counts as failed. */
  hookRetries: z.number().int().nonnegative().default(1),
  hookDeadlineSeconds: count.default(3_600),
  conversionDeadlineSeconds: count.default(12 * 3_600),
  conversionImage: z.string().default('quay.io/kubev2v/forklift-virt-v2v:latest'),
  /** Whether conversion Pods ask for hardware virtualisation. */
  conversionNeedsKvm: z.boolean().default(true),
});
export type ExecutorConfiguration = z.output<typeof executorConfigurationSchema>;
export type ExecutorOptions = z.input<typeof executorConfigurationSchema>;
