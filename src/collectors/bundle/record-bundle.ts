import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { AnyCollector } from '../any-collector.js';
import type { ProofOfCompleteness } from '../contract.js';
import { readSource } from '../engine/read-source.js';
import {
  bundleFormat,
  type BundleManifest,
  type BundlePage,
  type BundleTrailer,
} from './bundle-format.js';
import { Pseudonyms } from './pseudonyms.js';
import { secretRemover, secretsIn } from './without-secrets.js';

export interface RecordOptions {
  readonly collector: AnyCollector;
  readonly configuration: unknown;
  /** Where the bundle goes; it is ended. */
  readonly out: Writable;
  readonly signal: AbortSignal;
  /** What the verification said about the source. */
  readonly product?: string;
  readonly version?: string;
  /** A key for pseudonyms; without one, names and addresses stay as they are. */
  readonly pseudonymKey?: string;
  /** Called after each page with the objects written so far. */
  readonly onPage?: (objects: number) => void;
}

/** Writes the lines of a bundle with back-pressure, and knows their digest. */
class BundleWriter {
  pages = 0;
  objects = 0;
  private readonly byType: Record<string, number> = {};
  private readonly hash = createHash('sha256');
  private readonly gzip = createGzip();
  private readonly ended: Promise<void>;

  constructor(out: Writable) {
    this.gzip.on('error', (error) => out.destroy(error));
    out.on('error', (error) => this.gzip.destroy(error));
    this.gzip.pipe(out);
    this.ended = finished(out);
    this.ended.catch(() => undefined);
  }

  async page(page: BundlePage): Promise<void> {
    this.pages += 1;
    this.objects += page.objects.length;
    for (const { type } of page.objects) this.byType[type] = (this.byType[type] ?? 0) + 1;
    await this.line(page);
  }

  async line(value: BundleManifest | BundlePage | BundleTrailer): Promise<void> {
    const text = `${JSON.stringify(value)}\n`;
    this.hash.update(text);
    if (!this.gzip.write(text)) await Promise.race([once(this.gzip, 'drain'), this.ended]);
  }

  async end(proof: ProofOfCompleteness): Promise<void> {
    const { pages } = this;
    const counts = Object.fromEntries(
      Object.entries(proof.counts).filter(([, count]) => Number.isInteger(count)),
    );
    const sha256 = this.hash.copy().digest('hex');
    const { since } = proof;
    await this.line({
      type: 'trailer',
      pages,
      objects: this.byType,
      proof: { counts, since },
      sha256,
    });
    this.gzip.end();
    await this.ended;
  }

  abandon(error: unknown): void {
    this.gzip.destroy(error instanceof Error ? error : undefined);
  }
}

export interface RecordedBundle {
  readonly pages: number;
  readonly objects: number;
}

/**
 * Reads a source once and writes what it answered to a bundle, secrets removed, names replaced
 * where a key is given. A read that fails leaves a bundle without trailer, which no replay takes.
 */
export async function recordBundle(options: RecordOptions): Promise<RecordedBundle> {
  const { collector, configuration, signal, pseudonymKey, onPage } = options;
  const writer = new BundleWriter(options.out);
  const withoutSecrets = secretRemover(secretsIn(configuration, collector.secrets));
  const pseudonyms =
    pseudonymKey === undefined
      ? undefined
      : new Pseudonyms(pseudonymKey, collector.technicalFields);
  const fit = <T>(value: T): T => {
    const clean = withoutSecrets(value);
    // Both copies keep the shape: only texts inside are replaced.
    return (pseudonyms?.copy(clean) ?? clean) as T;
  };
  try {
    await writer.line({
      type: 'manifest',
      format: bundleFormat,
      sourceKind: collector.kind,
      ...(options.product === undefined ? {} : { product: options.product }),
      ...(options.version === undefined ? {} : { version: options.version }),
      recordedAt: new Date().toISOString(),
      pseudonymised: pseudonyms !== undefined,
    });
    await readSource({
      collector,
      configuration,
      source: collector.kind,
      signal,
      firstPauseMs: 1_000,
      onPage: async ({ objects, omissions }) => {
        const bodies = objects.map((object) => ({ ...object, body: fit(object.body) }));
        const said = omissions.map((omission) => ({ ...omission, why: fit(omission.why) }));
        await writer.page({ type: 'page', objects: bodies, omissions: said });
        onPage?.(writer.objects);
      },
      onDone: (_session, proof) => writer.end(proof),
    });
  } catch (error) {
    writer.abandon(error);
    throw error;
  }
  return { pages: writer.pages, objects: writer.objects };
}
