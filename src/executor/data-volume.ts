import { z } from 'zod';
import type { KubernetesObject } from '../kubernetes/index.js';
import type { DiskProgress } from './step-progress.js';

const conditionSchema = z.object({
  type: z.string(),
  status: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
});

const dataVolumeSchema = z.object({
  status: z
    .object({
      phase: z.string().optional(),
      progress: z.string().optional(),
      restartCount: z.number().int().optional(),
      conditions: z.array(conditionSchema).optional(),
    })
    .optional(),
});

export interface DataVolumeState {
  readonly phase: string;
  /** 0 to 1, as far as CDI tells. */
  readonly fraction: number;
  readonly restarts: number;
  /** What the conditions say, newest reasons first, in one sentence. */
  readonly complaint: string;
}

/** `42.13%`; `N/A` where CDI does not know. */
function fractionOf(progress: string | undefined): number {
  const percent = Number.parseFloat(progress ?? '');
  return Number.isFinite(percent) ? Math.min(Math.max(percent / 100, 0), 1) : 0;
}

/** Reads the status of a DataVolume; one without status has just been created. */
export function dataVolumeState(object: KubernetesObject): DataVolumeState {
  const { status } = dataVolumeSchema.parse(object);
  const phase = status?.phase ?? 'Pending';
  const complaints = (status?.conditions ?? [])
    .filter((condition) => condition.status !== 'True' && (condition.message ?? '') !== '')
    .map((condition) => `${condition.type} ${condition.reason ?? ''}: ${condition.message ?? ''}`);
  return {
    phase,
    fraction: phase === 'Succeeded' ? 1 : fractionOf(status?.progress),
    restarts: status?.restartCount ?? 0,
    complaint: complaints.join('; '),
  };
}

/** Whether the volume will not get anywhere any more by itself. */
export const isBroken = (state: DataVolumeState, allowedRestarts: number): boolean =>
  state.phase === 'Failed' || state.restarts > allowedRestarts;

export const diskProgress = (
  dataVolume: string,
  state: DataVolumeState,
  totalBytes: number,
): DiskProgress => ({
  dataVolume,
  phase: state.phase,
  copiedBytes: Math.floor(state.fraction * totalBytes),
  totalBytes,
  restarts: state.restarts,
});
