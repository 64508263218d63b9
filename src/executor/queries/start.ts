import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';

const id = z.object({ id: z.string() });

export const createMigration = defineQuery({
  file: 'migration/create',
  params: z.object({
    id: z.string(),
    plan: z.string(),
    planName: z.string(),
    createdBy: z.string(),
    now: z.string(),
  }),
  row: id,
  idempotent: true,
});

export const addMachines = defineQuery({
  file: 'migration/add-machines',
  params: z.object({
    migration: z.string(),
    now: z.string(),
    machines: z.array(
      z.object({
        id: z.string(),
        entity: z.string(),
        name: z.string(),
        namespace: z.string(),
        targetName: z.string(),
        sourceId: z.string(),
        targetId: z.string(),
        position: z.int(),
        lanes: z.array(z.string()),
        workOrder: z.string(),
        totalBytes: z.int(),
        steps: z.array(z.string()),
      }),
    ),
  }),
  row: z.object({ machines: z.int() }),
});

export const activateMigration = defineQuery({
  file: 'migration/activate',
  params: z.object({ id: z.string(), now: z.string() }),
  row: id,
});

export const discardMigration = defineQuery({
  file: 'migration/discard',
  params: id,
  row: id,
  idempotent: true,
});

export const stalePreparations = defineQuery({
  file: 'migration/stale-preparations',
  params: z.object({ before: z.string() }),
  row: id,
});

export const claimedMachines = defineQuery({
  file: 'migration/claimed',
  params: z.object({ entities: z.array(z.string()) }),
  row: z.object({
    entity: z.string(),
    name: z.string(),
    migration: z.string(),
    state: z.string(),
  }),
});

export const completedOfPlan = defineQuery({
  file: 'migration/completed-of-plan',
  params: z.object({ plan: z.string() }),
  row: z.object({ entity: z.string() }),
});
