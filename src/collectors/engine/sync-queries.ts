import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';

const source = z.string();
const holder = z.string();
const leaseMs = z.int();
const json = z.string().nullable();

export const knownEntities = defineQuery({
  file: 'sync/known-entities',
  params: z.object({ source }),
  row: z.object({
    id: z.string(),
    kind: z.string(),
    hash: z.string().nullable(),
    removed: z.boolean(),
  }),
});

export const liveEntities = defineQuery({
  file: 'sync/live-entities',
  params: z.object({ source, kinds: z.array(z.string()) }),
  row: z.object({ id: z.string(), kind: z.string(), name: z.string() }),
});

export const startSync = defineQuery({
  file: 'sync/start',
  params: z.object({ source, holder, leaseMs, mode: z.string(), at: z.string() }),
  row: z.object({ number: z.int(), lastComplete: z.int() }),
});

export const sourceState = defineQuery({
  file: 'sync/source-state',
  params: z.object({ source }),
  row: z.object({ state: z.string() }),
});

export const closeInterrupted = defineQuery({
  file: 'sync/close-interrupted',
  params: z.object({ source, before: z.int(), at: z.string() }),
  row: z.object({ number: z.int() }),
  idempotent: true,
});

export const renewLease = defineQuery({
  file: 'sync/renew-lease',
  params: z.object({ source, holder, leaseMs, readAt: z.string().nullable() }),
  row: z.object({ id: z.string() }),
  idempotent: true,
});

export const releaseLease = defineQuery({
  file: 'sync/release-lease',
  params: z.object({ source, holder }),
  row: z.object({ id: z.string() }),
  idempotent: true,
});

export const finishSync = defineQuery({
  file: 'sync/finish',
  params: z.object({
    source,
    number: z.int(),
    status: z.string(),
    full: z.boolean(),
    at: z.string(),
    counts: z.string(),
    omissionCount: z.int(),
    omissions: z.string(),
    danglingCount: z.int(),
    dangling: z.string(),
    held: z.string(),
    error: json,
  }),
  row: z.object({ staleSince: z.string().nullable() }),
  idempotent: true,
});

/** Syncs of a source, newest first; `before` is a sync number to page on from. */
export const listSyncs = defineQuery({
  file: 'sync/list',
  params: z.object({ source, before: z.int(), limit: z.int() }),
  row: z.object({
    number: z.int(),
    mode: z.string(),
    status: z.string(),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
    counts: json,
    omissionCount: z.int().nullable(),
    omissions: json,
    danglingCount: z.int().nullable(),
    dangling: json,
    held: json,
    error: json,
  }),
});
