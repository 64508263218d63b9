import { z } from 'zod';
import { defineQuery } from '../../graph/query/define-query.js';

/** Id of the node that counts the batches of all sources' evaluations. */
export const revisionCounter = '#revision';

export const nextRevision = defineQuery({
  file: 'concern/next-revision',
  params: z.object({ counter: z.string(), removals: z.int() }),
  row: z.object({ revision: z.int() }),
});

export const currentRevision = defineQuery({
  file: 'concern/revision',
  params: z.object({ counter: z.string() }),
  row: z.object({ revision: z.int(), removals: z.int() }),
});

export const keepConcerns = defineQuery({
  file: 'concern/keep',
  params: z.object({
    catalogue: z.string(),
    concerns: z.array(
      z.object({
        id: z.string(),
        category: z.string(),
        label: z.string(),
        provider: z.string(),
      }),
    ),
  }),
  row: z.object({}),
  idempotent: true,
});

const causeRow = z.object({
  id: z.string(),
  label: z.string(),
  remedy: z.string(),
  rule: z.string(),
  category: z.string(),
  at: z.string(),
  atKind: z.string(),
});
export type CauseRow = z.input<typeof causeRow>;

export const keepCauses = defineQuery({
  file: 'cause/keep',
  params: z.object({ causes: z.array(causeRow) }),
  row: z.object({}),
  idempotent: true,
});

const machineRow = z.object({
  id: z.string(),
  readiness: z.string(),
  unknownBecause: z.string().nullable(),
  blockingConcerns: z.int(),
  warningConcerns: z.int(),
  blockers: z.array(z.string()).nullable(),
  digest: z.string(),
  concernIds: z.array(z.string()),
  causeIds: z.array(z.string()),
  concerns: z.array(z.object({ rule: z.string(), facts: z.string(), assessment: z.string() })),
  causes: z.array(z.object({ id: z.string(), category: z.string(), rule: z.string() })),
});
export type MachineRow = z.input<typeof machineRow>;

export const recordMachines = defineQuery({
  file: 'concern/record',
  params: z.object({
    machines: z.array(machineRow),
    evaluatedIn: z.int(),
    catalogue: z.string(),
    revision: z.int(),
    now: z.string(),
  }),
  row: z.object({ machines: z.int(), stale: z.int() }),
  idempotent: true,
});

export const confirmMachines = defineQuery({
  file: 'concern/confirm',
  params: z.object({ ids: z.array(z.string()), evaluatedIn: z.int(), catalogue: z.string() }),
  row: z.object({ machines: z.int() }),
  idempotent: true,
});

export const removeOrphanCauses = defineQuery({
  file: 'cause/remove-orphans',
  params: z.object({ limit: z.int() }),
  row: z.object({ removed: z.int() }),
  idempotent: true,
});

export const removeOrphanConcerns = defineQuery({
  file: 'concern/remove-orphans',
  params: z.object({}),
  row: z.object({ removed: z.int() }),
  idempotent: true,
});
