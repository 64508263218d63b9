import { z } from 'zod';
import { defineQuery } from '../../graph/index.js';
import { roles } from './role.js';

const storedToken = {
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  createdAt: z.string(),
  createdBy: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
};

export const createToken = defineQuery({
  file: 'token/create',
  params: z.object({
    id: z.string(),
    name: z.string(),
    role: z.enum(roles),
    hash: z.string(),
    createdAt: z.string(),
    createdBy: z.string(),
    expiresAt: z.string().nullable(),
  }),
  row: z.object(storedToken),
  idempotent: true,
});

export const tokenByHash = defineQuery({
  file: 'token/by-hash',
  params: z.object({ hash: z.string() }),
  row: z.object({ ...storedToken, hash: z.string() }),
});

export const listTokens = defineQuery({
  file: 'token/list',
  params: z.object({ after: z.string(), limit: z.int() }),
  row: z.object(storedToken),
});

export const revokeToken = defineQuery({
  file: 'token/revoke',
  params: z.object({ id: z.string(), revokedAt: z.string() }),
  row: z.object({ ...storedToken, hash: z.string() }),
  idempotent: true,
});

export const countActiveAdmins = defineQuery({
  file: 'token/count-active-admins',
  params: z.object({ now: z.string() }),
  row: z.object({ tokens: z.int() }),
});
