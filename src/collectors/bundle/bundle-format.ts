import { z } from 'zod';
import { isEntityKind, type EntityKind } from '../../graph/index.js';
import { SourceKind } from '../contract.js';

/**
 * A bundle is gzipped NDJSON: a manifest, pages, a trailer. The trailer's SHA-256 covers every line
 * before it, line ends included, so that a cut or changed file shows.
 */
export const bundleFormat = 1;

/** No line of a bundle is longer, so that a broken file cannot fill the memory. */
export const longestLine = 64 * 1024 * 1024;

export const manifestLine = z.object({
  type: z.literal('manifest'),
  format: z.int(),
  sourceKind: z.enum(SourceKind),
  product: z.string().optional(),
  version: z.string().optional(),
  recordedAt: z.iso.datetime(),
  pseudonymised: z.boolean(),
});
export type BundleManifest = z.output<typeof manifestLine>;

const entityKind = z.custom<EntityKind>(
  (value) => typeof value === 'string' && isEntityKind(value),
);

export const pageLine = z.object({
  type: z.literal('page'),
  objects: z.array(
    z.object({
      type: z.string(),
      externalId: z.string(),
      body: z.record(z.string(), z.unknown()),
    }),
  ),
  omissions: z.array(
    z.object({
      kind: z.union([z.literal('source'), entityKind]),
      externalId: z.string().exactOptional(),
      what: z.string(),
      why: z.string(),
    }),
  ),
});
export type BundlePage = z.output<typeof pageLine>;

export const trailerLine = z.object({
  type: z.literal('trailer'),
  pages: z.int(),
  /** Objects by the source's own type. */
  objects: z.record(z.string(), z.int()),
  proof: z.object({ counts: z.record(z.string(), z.int()), since: z.string() }),
  sha256: z.string(),
});
export type BundleTrailer = z.output<typeof trailerLine>;
