import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';

const place = z.object({ id: z.string(), migration: z.string() });

export const lockGate = defineQuery({
  file: 'migration/lock-gate',
  params: z.object({ now: z.string() }),
  row: z.object({ id: z.string() }),
  idempotent: true,
});

export const lanesInUse = defineQuery({
  file: 'migration/lanes-in-use',
  params: z.object({}),
  row: z.object({ lane: z.string(), held: z.int() }),
});

export const candidates = defineQuery({
  file: 'migration/candidates',
  params: z.object({ full: z.array(z.string()), limit: z.int() }),
  row: z.object({ id: z.string(), lanes: z.array(z.string()) }),
});

export const admitMachines = defineQuery({
  file: 'migration/admit',
  params: z.object({ machines: z.array(z.string()), now: z.string() }),
  row: place,
  idempotent: true,
});

export const dueMachines = defineQuery({
  file: 'migration/due',
  params: z.object({}),
  row: place,
});

export const unsettledMigrations = defineQuery({
  file: 'migration/unsettled',
  params: z.object({}),
  row: z.object({ id: z.string() }),
});
