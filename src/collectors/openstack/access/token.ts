import { z } from 'zod';
import { listField } from '../../list-field.js';

const endpoint = z.object({
  interface: z.string(),
  url: z.string(),
  region_id: z.string().nullish(),
  region: z.string().nullish(),
});

const catalogueEntry = z.object({
  id: z.string().optional(),
  type: z.string(),
  endpoints: listField(endpoint),
});
export type CatalogueEntry = z.output<typeof catalogueEntry>;

const named = z.object({ id: z.string(), name: z.string().optional() });

/** What Keystone answers to a login, as far as it is used. */
export const tokenAnswer = z.object({
  token: z.object({
    issued_at: z.string(),
    expires_at: z.string().nullish(),
    user: named,
    project: named.nullish(),
    roles: listField(z.object({ name: z.string() })),
    catalog: listField(catalogueEntry),
  }),
});

/** A login: what goes with each call, and what the cloud said about it. */
export interface Token {
  /** Never to be logged. */
  readonly secret: string;
  readonly issuedAt: string;
  /** When it ends, in milliseconds of our own clock. */
  readonly endsAt: number;
  /** The cloud's clock minus ours, as far as the login tells, in milliseconds. */
  readonly clockSkewMs: number;
  readonly userId: string;
  readonly projectId: string | undefined;
  readonly roles: readonly string[];
  readonly catalogue: readonly CatalogueEntry[];
}
