import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';

const order = { migration: z.string(), now: z.string() };
const state = z.object({ state: z.string() });
const machine = z.object({ id: z.string(), state: z.string() });
const selection = z.array(z.string()).nullable();

export const migrationState = defineQuery({
  file: 'migration/state',
  params: z.object({ migration: z.string() }),
  row: state,
});

export const pauseRun = defineQuery({
  file: 'migration/pause',
  params: z.object(order),
  row: state,
  idempotent: true,
});

export const resumeRun = defineQuery({
  file: 'migration/resume',
  params: z.object(order),
  row: state,
  idempotent: true,
});

export const requestCancel = defineQuery({
  file: 'migration/request-cancel',
  params: z.object({ ...order, whole: z.boolean() }),
  row: state,
  idempotent: true,
});

export const cancelMachines = defineQuery({
  file: 'migration/cancel-machines',
  params: z.object({
    ...order,
    machines: selection,
    keepDisks: z.boolean(),
    stopRunningTarget: z.boolean(),
    steps: z.array(z.string()),
  }),
  row: machine,
});

export const retryMachines = defineQuery({
  file: 'migration/retry-machines',
  params: z.object({
    ...order,
    machines: selection,
    beginAgainAt: z.record(z.string(), z.string()),
  }),
  row: machine,
});

export const reopenMigration = defineQuery({
  file: 'migration/reopen',
  params: z.object(order),
  row: state,
  idempotent: true,
});
