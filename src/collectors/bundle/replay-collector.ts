import { once } from 'node:events';
import { z } from 'zod';
import type { AnyCollector } from '../any-collector.js';
import type {
  ChangeBurst,
  CollectorPage,
  MappedObject,
  MappingContext,
  RawObject,
  SourceKind,
  Verification,
} from '../contract.js';
import { foreignBundle } from './bundle-error.js';
import type { BundleManifest, BundlePage, BundleTrailer } from './bundle-format.js';
import { checkBundle, readManifest, readPages } from './read-bundle.js';

interface ReplaySession {
  readonly trailer: BundleTrailer;
  readonly pages: AsyncGenerator<BundlePage>;
  /** Index of the page that `pages` gives next. */
  place: number;
}

/** A bundle in place of the source it was recorded from: the same pages, mapped by the same code. */
export class ReplayCollector {
  readonly kind: SourceKind;
  readonly configuration = z.object({});
  readonly secrets: readonly string[] = [];

  constructor(
    private readonly path: string,
    private readonly manifest: BundleManifest,
    private readonly original: AnyCollector,
  ) {
    this.kind = manifest.sourceKind;
  }

  async verify(): Promise<Verification> {
    await checkBundle(this.path);
    const { product, version } = this.manifest;
    return {
      ok: true,
      ...(product === undefined ? {} : { product }),
      ...(version === undefined ? {} : { version }),
      findings: [],
    };
  }

  /** Looks at the whole file first: nothing of a broken bundle may reach the graph. */
  async around<T>(
    _configuration: unknown,
    burst: (session: ReplaySession) => Promise<T>,
  ): Promise<T> {
    const trailer = await checkBundle(this.path);
    const pages = readPages(this.path);
    try {
      return await burst({ trailer, pages, place: 0 });
    } finally {
      await pages.return(undefined);
    }
  }

  async next(
    session: ReplaySession,
    cursor: number | undefined,
    signal: AbortSignal,
  ): Promise<CollectorPage<number>> {
    const wanted = cursor ?? 0;
    for (;;) {
      signal.throwIfAborted();
      const page = await session.pages.next();
      if (page.done === true) return { type: 'done', proof: session.trailer.proof };
      session.place += 1;
      if (session.place <= wanted) continue;
      const { objects, omissions } = page.value;
      return { type: 'page', objects, omissions, cursor: session.place };
    }
  }

  /** A bundle does not change. */
  async *watch(
    _session: ReplaySession,
    _since: string,
    signal: AbortSignal,
  ): AsyncGenerator<ChangeBurst> {
    if (!signal.aborted) await once(signal, 'abort');
    yield* [];
  }

  map(object: RawObject, context: MappingContext): MappedObject {
    return this.original.map(object, context);
  }
}

/**
 * Opens a bundle for replay.
 *
 * @param collectorOf gives the collector that recorded bundles of a kind.
 * @throws BundleError where the file is no bundle, or of a kind or format that is not known here.
 */
export async function openReplay(
  path: string,
  collectorOf: (kind: SourceKind) => AnyCollector | undefined,
): Promise<ReplayCollector> {
  const manifest = await readManifest(path);
  const original = collectorOf(manifest.sourceKind);
  if (original === undefined) {
    throw foreignBundle(
      path,
      `it was recorded from ${manifest.sourceKind}, which is not known here`,
    );
  }
  return new ReplayCollector(path, manifest, original);
}
