import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';
import { absent } from './absent.js';

/** What every write of a turn carries: whose it is, and when. */
const turn = {
  machine: z.string(),
  epoch: z.int(),
  holder: z.string(),
  now: z.string(),
};
const id = z.object({ id: z.string() });
const moment = absent(z.string());

const facts = z.object({
  sourcePowerState: z.enum(['poweredOn', 'poweredOff', 'suspended', 'unknown']).optional(),
  powerOffRequestedAt: z.string().optional(),
  targetStartedAt: z.string().optional(),
  sourceRestoredAt: z.string().optional(),
});

export const claimTurn = defineQuery({
  file: 'migration/claim-turn',
  params: z.object({ machine: z.string(), holder: z.string(), now: z.string() }),
  row: z.object({
    migration: z.string(),
    machine: z.object({
      id: z.string(),
      name: z.string(),
      entity: z.string(),
      workOrder: z.string(),
      epoch: z.int(),
      state: z.string(),
      direction: z.enum(['forward', 'back']),
      retries: z.int(),
      keepDisks: z.boolean(),
      stopRunningTarget: z.boolean(),
      errorSince: moment,
      sourcePowerState: absent(facts.shape.sourcePowerState.unwrap()),
      powerOffRequestedAt: moment,
      targetStartedAt: moment,
      sourceRestoredAt: moment,
    }),
    steps: z.array(
      z.object({
        name: z.string(),
        state: z.string(),
        startedAt: moment,
        progress: absent(z.string()),
      }),
    ),
  }),
  // A second taking only makes the epoch higher, and the last answer is the one that counts.
  idempotent: true,
});
export type ClaimedTurn = z.output<typeof claimTurn.row>;

export const beginStep = defineQuery({
  file: 'migration/begin-step',
  params: z.object({ ...turn, step: z.string() }),
  row: z.object({ startedAt: z.string() }),
  idempotent: true,
});

export const waitInStep = defineQuery({
  file: 'migration/wait-in-step',
  params: z.object({
    ...turn,
    step: z.string(),
    outcome: z.string(),
    progress: z.string().nullable(),
    copiedBytes: z.int().nullable(),
    etaSeconds: z.int().nullable(),
  }),
  row: id,
  idempotent: true,
});

export const finishStep = defineQuery({
  file: 'migration/finish-step',
  params: z.object({
    ...turn,
    step: z.string(),
    outcome: z.string(),
    progress: z.string().nullable(),
    copiedBytes: z.int().nullable(),
    facts,
    state: z.string(),
    keepsSlot: z.boolean(),
    releasesClaim: z.boolean(),
  }),
  row: id,
  idempotent: true,
});

export const failStep = defineQuery({
  file: 'migration/fail-step',
  params: z.object({
    ...turn,
    step: z.string(),
    outcome: z.string(),
    kind: z.string(),
    error: z.string(),
    state: z.string(),
  }),
  row: id,
  idempotent: true,
});

export const noteError = defineQuery({
  file: 'migration/note-error',
  params: z.object({ ...turn, step: z.string(), outcome: z.string(), error: z.string() }),
  row: z.object({ since: z.string(), count: z.int() }),
  idempotent: true,
});

export const rememberFacts = defineQuery({
  file: 'migration/remember',
  params: z.object({ ...turn, facts }),
  row: id,
  idempotent: true,
});

export const settleMigration = defineQuery({
  file: 'migration/settle',
  params: z.object({ migration: z.string(), now: z.string() }),
  row: z.object({ state: z.string() }),
  idempotent: true,
});
