import type { Writable } from 'node:stream';
import {
  openReplay,
  readManifest,
  recordBundle,
  type RecordedBundle,
} from '../../collectors/bundle/index.js';
import type { AnyCollector, SyncReport } from '../../collectors/engine/index.js';
import type { SourceRegistry } from '../../collectors/sources/index.js';
import type { CredentialVault } from '../credentials/index.js';
import type { CollectorTable } from './collector-table.js';
import { openConfiguration } from './source-configuration.js';
import { malformedConfiguration, sourceExists, unknownKind } from './source-service-error.js';
import type { SourceSupervisor } from './source-supervisor.js';

export interface BundleServiceParts {
  readonly registry: SourceRegistry;
  readonly vault: CredentialVault;
  readonly collectors: CollectorTable;
  readonly supervisor: SourceSupervisor;
}

/** Records sources to bundles and loads bundles as sources, for sites that cannot be reached. */
export class BundleService {
  constructor(private readonly parts: BundleServiceParts) {}

  /**
   * Reads a source once into a bundle, without secrets.
   *
   * @param pseudonymKey replaces names and addresses; the same key gives the same pseudonyms.
   */
  async record(
    sourceId: string,
    out: Writable,
    signal: AbortSignal,
    pseudonymKey: string | undefined,
  ): Promise<RecordedBundle> {
    const { registry, vault } = this.parts;
    const { kind, product, version } = await registry.get(sourceId);
    const collector = this.collectorOf(kind);
    const entered = await openConfiguration(registry, vault, sourceId);
    const parsed = collector.configuration.safeParse(entered);
    if (!parsed.success) throw malformedConfiguration(sourceId, parsed.error);
    return recordBundle({
      collector,
      configuration: parsed.data,
      out,
      signal,
      ...(product === null ? {} : { product }),
      ...(version === null ? {} : { version }),
      ...(pseudonymKey === undefined ? {} : { pseudonymKey }),
    });
  }

  /** Loads a bundle as a source of its own. A newer bundle under the same id replaces an older one. */
  async replay(
    path: string,
    source: { readonly id: string; readonly name: string },
  ): Promise<SyncReport> {
    const { registry, collectors, supervisor } = this.parts;
    const replay = await openReplay(path, (kind) => collectors[kind]?.collector);
    const { product, version } = await readManifest(path);
    const existing = (await registry.list()).find(({ id }) => id === source.id);
    if (existing !== undefined && (await registry.sealed(source.id)) !== undefined) {
      throw sourceExists(source.id);
    }
    await registry.save({
      ...source,
      kind: replay.kind,
      ...(product === undefined ? {} : { product }),
      ...(version === undefined ? {} : { version }),
    });
    // The engine hands each collector back its own session and cursor.
    return supervisor.load(source.id, replay, {});
  }

  private collectorOf(kind: keyof CollectorTable): AnyCollector {
    const entry = this.parts.collectors[kind];
    if (entry === undefined) throw unknownKind(kind, Object.keys(this.parts.collectors));
    return entry.collector;
  }
}
