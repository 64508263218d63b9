import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';
import { absent } from './absent.js';

const id = z.object({ id: z.string() });

export const beginEffect = defineQuery({
  file: 'migration/begin-effect',
  params: z.object({
    id: z.string(),
    machine: z.string(),
    epoch: z.int(),
    holder: z.string(),
    step: z.string(),
    verb: z.string(),
    target: z.string(),
    now: z.string(),
  }),
  row: id,
  idempotent: true,
});

export const endEffect = defineQuery({
  file: 'migration/end-effect',
  params: z.object({ id: z.string(), outcome: z.string(), now: z.string() }),
  row: z.object({ direction: z.string() }),
  idempotent: true,
});

export const effectsOfMachine = defineQuery({
  file: 'migration/effects',
  params: z.object({ machine: z.string(), limit: z.int() }),
  row: z.object({
    effect: z.object({
      id: z.string(),
      step: z.string(),
      verb: z.string(),
      target: z.string(),
      epoch: z.int(),
      intentAt: z.string(),
      endedAt: absent(z.string()),
      outcome: absent(z.string()),
    }),
  }),
});
export type RecordedEffect = z.output<typeof effectsOfMachine.row>['effect'];
