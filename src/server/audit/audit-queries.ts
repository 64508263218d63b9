import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';

/** How far the audited action came. */
export const auditPhases = ['intent', 'done', 'failed', 'denied'] as const;

export const auditEntry = {
  id: z.string(),
  at: z.string(),
  actor: z.string(),
  tokenId: z.string(),
  role: z.string(),
  action: z.string(),
  subject: z.string(),
  operation: z.string(),
  phase: z.enum(auditPhases),
  details: z.string(),
  previousHash: z.string(),
  hash: z.string(),
};

export const lockAuditHead = defineQuery({
  file: 'audit/lock-head',
  params: z.object({}),
  row: z.object({ sequence: z.int(), hash: z.string(), mark: z.string() }),
});

export const appendAuditEntry = defineQuery({
  file: 'audit/append',
  params: z.object({ ...auditEntry, sequence: z.int(), mark: z.string() }),
  row: z.object({ id: z.string() }),
});

export const auditHead = defineQuery({
  file: 'audit/head',
  params: z.object({}),
  row: z.object({ sequence: z.int(), hash: z.string() }),
});

export const auditEntriesAfter = defineQuery({
  file: 'audit/after',
  params: z.object({ after: z.string(), limit: z.int() }),
  row: z.object(auditEntry),
});

export const auditEntriesBefore = defineQuery({
  file: 'audit/before',
  params: z.object({
    before: z.string(),
    actor: z.string().nullable(),
    subject: z.string().nullable(),
    action: z.string().nullable(),
    limit: z.int(),
  }),
  row: z.object(auditEntry),
});
