import { z } from 'zod';
import type { listSyncs } from '../../collectors/engine/index.js';
import type { RegisteredSource } from '../../collectors/sources/index.js';
import type { RowOf } from '../../graph/index.js';
import type { Verification } from '../../collectors/contract.js';
import type { KindCount, Omission, Source, Sync } from './source-types.js';

const omissions = z.array(
  z.object({
    kind: z.string(),
    externalId: z.string().optional(),
    what: z.string(),
    why: z.string(),
  }),
);

const counts = z.record(
  z.string(),
  z.object({
    seen: z.number(),
    added: z.number(),
    changed: z.number(),
    unchanged: z.number(),
    removed: z.number(),
  }),
);

const omissionsOf = (text: string | null): readonly Omission[] =>
  text === null ? [] : omissions.parse(JSON.parse(text));

/** A registered source as the API shows it. */
export const sourceView = (source: RegisteredSource): Source => ({
  ...source,
  omissions: omissionsOf(source.omissions),
});

/** A source with what a look at it found. */
export const verifiedView = ({
  source,
  verification,
}: {
  readonly source: RegisteredSource;
  readonly verification: Verification;
}) => ({ source: sourceView(source), verification });

const countsOf = (text: string | null): readonly KindCount[] =>
  text === null
    ? []
    : Object.entries(counts.parse(JSON.parse(text))).map(([kind, count]) => ({ kind, ...count }));

/** A recorded sync as the API shows it. */
export const syncView = (row: RowOf<typeof listSyncs>): Sync => ({
  number: row.number,
  mode: row.mode,
  status: row.status,
  startedAt: row.startedAt,
  endedAt: row.endedAt,
  counts: countsOf(row.counts),
  omissionCount: row.omissionCount,
  danglingCount: row.danglingCount,
  held: row.held,
  error: row.error,
});
