import { z } from 'zod';
import { defineQuery } from '../query/define-query.js';

export const acquireSchemaLock = defineQuery({
  file: 'schema/acquire-lock',
  params: z.object({ holder: z.string(), leaseMs: z.int() }),
  row: z.object({ holder: z.string() }),
  idempotent: true,
});

export const releaseSchemaLock = defineQuery({
  file: 'schema/release-lock',
  params: z.object({ holder: z.string() }),
  row: z.object({ id: z.string() }),
  idempotent: true,
});

export const schemaVersions = defineQuery({
  file: 'schema/versions',
  params: z.object({}),
  row: z.object({ version: z.int(), name: z.string(), appliedAt: z.string() }),
});

export const recordSchemaVersion = defineQuery({
  file: 'schema/record-version',
  params: z.object({ version: z.int(), name: z.string(), appliedAt: z.string() }),
  row: z.object({ version: z.int() }),
  idempotent: true,
});

export const schemaItems = defineQuery({
  file: 'schema/items',
  params: z.object({ prefix: z.string() }),
  row: z.object({ name: z.string(), state: z.string(), constraint: z.boolean() }),
});

export const awaitIndexes = defineQuery({
  file: 'schema/await-indexes',
  params: z.object({ timeoutSeconds: z.int() }),
  row: z.object({}),
  idempotent: true,
});
