import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';
import { absent } from './absent.js';

const moment = absent(z.string());

const migration = z.object({
  id: z.string(),
  plan: z.string(),
  planName: z.string(),
  state: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  startedAt: moment,
  endedAt: moment,
});
export type MigrationRecord = z.output<typeof migration>;

export const migrationSummary = defineQuery({
  file: 'migration/summary',
  params: z.object({ migration: z.string() }),
  row: z.object({
    migration,
    states: z.array(
      z.object({
        state: z.string(),
        machines: z.int(),
        copiedBytes: z.number(),
        totalBytes: z.number(),
        etaSeconds: absent(z.number()),
      }),
    ),
  }),
});

export const listMigrations = defineQuery({
  file: 'migration/list',
  params: z.object({
    plan: z.string().nullable(),
    before: z.string().nullable(),
    limit: z.int(),
  }),
  row: z.object({ migration }),
});

export const machinesOfMigration = defineQuery({
  file: 'migration/machines',
  params: z.object({
    migration: z.string(),
    after: z.int(),
    state: z.string().nullable(),
    entity: z.string().nullable(),
    limit: z.int(),
  }),
  row: z.object({
    machine: z.object({
      id: z.string(),
      entity: z.string(),
      name: z.string(),
      namespace: z.string(),
      targetName: z.string(),
      position: z.int(),
      state: z.string(),
      direction: z.string(),
      step: absent(z.string()),
      epoch: z.int(),
      retries: z.int(),
      copiedBytes: z.number(),
      totalBytes: z.number(),
      etaSeconds: absent(z.number()),
      error: absent(z.string()),
      createdAt: z.string(),
      startedAt: moment,
      endedAt: moment,
    }),
    steps: z.array(
      z.object({
        name: z.string(),
        direction: z.string(),
        state: z.string(),
        attempts: z.int(),
        startedAt: moment,
        endedAt: moment,
        outcome: absent(z.string()),
        failureKind: absent(z.string()),
        error: absent(z.string()),
        progress: absent(z.string()),
      }),
    ),
  }),
});
