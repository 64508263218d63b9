import { z } from 'zod';

const diskProgressSchema = z.object({
  dataVolume: z.string(),
  /** Phase in CDI's words. */
  phase: z.string(),
  copiedBytes: z.number(),
  totalBytes: z.number(),
  restarts: z.number().int(),
});
export type DiskProgress = z.infer<typeof diskProgressSchema>;

/** How far a step is, kept with the step so that a new worker goes on from it. */
export const stepProgressSchema = z.object({
  copiedBytes: z.number(),
  totalBytes: z.number(),
  /** Smoothed; absent until two readings differ. */
  bytesPerSecond: z.number().optional(),
  etaSeconds: z.number().optional(),
  /** When this was read (epoch milliseconds). */
  at: z.number(),
  disks: z.array(diskProgressSchema),
});
export type StepProgress = z.infer<typeof stepProgressSchema>;

/** Weight of the newest reading in the rate. */
const smoothing = 0.3;

function smoothedRate(
  previous: StepProgress | undefined,
  copiedBytes: number,
  at: number,
): number | undefined {
  if (previous === undefined) return undefined;
  const seconds = (at - previous.at) / 1000;
  if (seconds <= 0) return previous.bytesPerSecond;
  const rate = Math.max(0, copiedBytes - previous.copiedBytes) / seconds;
  const old = previous.bytesPerSecond;
  return old === undefined
    ? rate > 0
      ? rate
      : undefined
    : smoothing * rate + (1 - smoothing) * old;
}

/** Progress over all disks, with the rate and what is left estimated from the reading before. */
export function copyProgress(
  disks: readonly DiskProgress[],
  previous: StepProgress | undefined,
  at: number,
): StepProgress {
  const copiedBytes = disks.reduce((sum, disk) => sum + disk.copiedBytes, 0);
  const totalBytes = disks.reduce((sum, disk) => sum + disk.totalBytes, 0);
  const rate = smoothedRate(previous, copiedBytes, at);
  return {
    copiedBytes,
    totalBytes,
    at,
    disks: [...disks],
    ...(rate === undefined ? {} : { bytesPerSecond: Math.round(rate) }),
    ...(rate === undefined || rate < 1
      ? {}
      : { etaSeconds: Math.ceil((totalBytes - copiedBytes) / rate) }),
  };
}
