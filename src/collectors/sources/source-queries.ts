import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';
import { SourceKind } from '../contract.js';

const optionalText = z.string().nullable();
const id = z.string();
const limit = z.int();

export const sourceStates = ['draft', 'saved', 'removing'] as const;

export const saveSource = defineQuery({
  file: 'source/save',
  params: z.object({
    id,
    name: z.string(),
    kind: z.enum(SourceKind),
    state: z.enum(sourceStates),
    address: optionalText,
    fingerprint: optionalText,
    product: optionalText,
    version: optionalText,
    instanceId: optionalText,
    settings: optionalText,
    sealed: optionalText,
    intervalSeconds: z.int().nullable(),
    expiresAt: optionalText,
    at: z.string(),
  }),
  row: z.object({ id }),
  idempotent: true,
});

export const listSources = defineQuery({
  file: 'source/list',
  params: z.object({ id: optionalText }),
  row: z.object({
    id,
    name: z.string(),
    kind: z.enum(SourceKind),
    state: z.enum(sourceStates),
    address: optionalText,
    /** SHA-256 of the certificate that a person accepted. */
    fingerprint: optionalText,
    product: optionalText,
    version: optionalText,
    instanceId: optionalText,
    /** Configuration without its secrets, as JSON. */
    settings: optionalText,
    intervalSeconds: z.int().nullable(),
    createdAt: z.string(),
    expiresAt: optionalText,
    lastSync: z.int().nullable(),
    lastComplete: z.int().nullable(),
    lastCompleteAt: optionalText,
    lastReadAt: optionalText,
    lastError: optionalText,
    staleSince: optionalText,
    omissionCount: z.int().nullable(),
    /** The first omissions of the last complete full read, as JSON. */
    omissions: optionalText,
  }),
});

export const sealedSource = defineQuery({
  file: 'source/sealed',
  params: z.object({ id }),
  row: z.object({ sealed: optionalText }),
});

export const beginSourceRemoval = defineQuery({
  file: 'source/begin-removal',
  params: z.object({ id }),
  row: z.object({ id }),
  idempotent: true,
});

export const removeSourceEntities = defineQuery({
  file: 'source/remove-entities',
  params: z.object({ id, limit }),
  row: z.object({ removed: z.int() }),
  idempotent: true,
});

export const removeSourceHistory = defineQuery({
  file: 'source/remove-history',
  params: z.object({ id, limit }),
  row: z.object({ removed: z.int() }),
  idempotent: true,
});

export const removeSource = defineQuery({
  file: 'source/remove',
  params: z.object({ id }),
  row: z.object({ removed: z.int() }),
  idempotent: true,
});

export const unfinishedSources = defineQuery({
  file: 'source/unfinished',
  params: z.object({ now: z.string() }),
  row: z.object({ id }),
});

export const markStaleSources = defineQuery({
  file: 'source/mark-stale',
  params: z.object({ now: z.string() }),
  row: z.object({ id, stale: z.boolean() }),
  idempotent: true,
});

export const markStaleEntities = defineQuery({
  file: 'source/mark-entities',
  params: z.object({ id, stale: z.boolean(), limit }),
  row: z.object({ marked: z.int() }),
  idempotent: true,
});
