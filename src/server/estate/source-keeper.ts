import type { Verification } from '../../collectors/contract.js';
import {
  SyncEngine,
  type AnyCollector,
  type SourceWatcher,
  type SyncApplied,
  type SyncProgress,
} from '../../collectors/engine/index.js';
import { SourceRegistry, type RegisteredSource } from '../../collectors/sources/index.js';
import type { EventBus } from '../../events/index.js';
import type { Graph } from '../../graph/index.js';
import type { Logger } from '../../telemetry/logger.js';
import type { CredentialVault } from '../credentials/index.js';
import { collectors } from './collectors.js';
import { notRunning, notVerified, unknownKind } from './estate-error.js';
import { EvaluationSchedule } from './evaluation-schedule.js';
import {
  joinedConfiguration,
  parsedConfiguration,
  pinned,
  splitConfiguration,
} from './source-settings.js';
import { changeCounts } from './change-counts.js';

export interface SourceKeeperParts {
  readonly graph: Graph;
  readonly vault: CredentialVault;
  readonly events: EventBus;
  readonly logger: Logger;
  /** How often a source promises to be read in full, in seconds. */
  readonly intervalSeconds: number;
}

/** A source as a person describes it. */
export interface NewSource {
  readonly name: string;
  readonly kind: string;
  /** Left out, it is made from the name. */
  readonly id?: string;
  readonly configuration: unknown;
}

export interface VerifiedSource {
  readonly source: RegisteredSource;
  readonly verification: Verification;
}

const tidyEveryMs = 60_000;
const verifyWithinMs = 60_000;

/** A short id for a source: the letters, digits, dots and hyphens of its name. */
const idFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 48) || 'source';

const sameFingerprint = (a: string, b: string): boolean =>
  a.replaceAll(':', '').toUpperCase() === b.replaceAll(':', '').toUpperCase();

/** Adds, verifies, reads and removes sources, and keeps all saved ones current. */
export class SourceKeeper {
  readonly registry: SourceRegistry;
  readonly evaluations: EvaluationSchedule;
  readonly #parts: SourceKeeperParts;
  readonly #engine: SyncEngine;
  readonly #watchers = new Map<string, SourceWatcher>();
  #tidying: NodeJS.Timeout | undefined;

  constructor(parts: SourceKeeperParts) {
    const { graph, events, logger } = parts;
    this.#parts = parts;
    this.registry = new SourceRegistry(graph);
    this.evaluations = new EvaluationSchedule(graph, logger, (source, report) => {
      logger.debug({ source, ...report }, 'Concerns evaluated');
    });
    this.#engine = new SyncEngine({
      graph,
      onProgress: (progress: SyncProgress) => {
        events.publish('syncProgress', progress);
      },
      onApplied: (applied) => {
        this.#applied(applied);
      },
    });
  }

  /** Starts to follow every saved source that can be read. */
  async start(): Promise<void> {
    await this.registry.tidy();
    for (const source of await this.registry.list()) {
      if (source.state === 'saved' && (await this.registry.sealed(source.id)) !== undefined) {
        await this.#follow(source);
      }
      if (source.state === 'saved') this.evaluations.request(source.id);
    }
    this.#tidying = setInterval(() => {
      this.#tidy();
    }, tidyEveryMs);
    this.#tidying.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#tidying);
    await Promise.all([...this.#watchers.values()].map((watcher) => watcher.stop()));
    this.#watchers.clear();
    await this.evaluations.stop();
  }

  /** Verifies what a person entered and keeps it for a day as a draft, secrets sealed. */
  async draft(given: NewSource, signal: AbortSignal): Promise<VerifiedSource> {
    const collector = this.#collectorOf(given.kind);
    const configuration = parsedConfiguration(collector, given.configuration);
    const id = given.id ?? (await this.#freeId(given.name));
    const verification = await this.#verify(collector, configuration, signal);
    await this.#store('draft', { id, name: given.name }, collector, configuration, verification);
    return { source: await this.registry.get(id), verification };
  }

  /** Looks at a stored source again; nothing is changed. */
  async verify(id: string, signal: AbortSignal): Promise<VerifiedSource> {
    const source = await this.registry.get(id);
    const collector = this.#collectorOf(source.kind);
    const configuration = await this.#configurationOf(source);
    return { source, verification: await this.#verify(collector, configuration, signal) };
  }

  /**
   * Makes a draft permanent and starts to collect it. `acceptFingerprint` is the SHA-256 of the
   * certificate that the person compared; a server that shows another one is refused.
   */
  async save(
    id: string,
    { acceptFingerprint }: { readonly acceptFingerprint?: string },
    signal: AbortSignal,
  ): Promise<VerifiedSource> {
    const source = await this.registry.get(id);
    const collector = this.#collectorOf(source.kind);
    const stored = await this.#configurationOf(source);
    const configuration =
      acceptFingerprint === undefined
        ? stored
        : parsedConfiguration(collector, pinned(collector, stored, acceptFingerprint));
    const verification = await this.#verify(collector, configuration, signal);
    this.#refuseUnverified(id, verification, acceptFingerprint);
    await this.#store('saved', source, collector, configuration, verification);
    const saved = await this.registry.get(id);
    await this.#follow(saved);
    return { source: saved, verification };
  }

  /** Changes fields of a source's configuration, secrets among them, after verifying them. */
  async reconfigure(
    id: string,
    change: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<VerifiedSource> {
    const source = await this.registry.get(id);
    const collector = this.#collectorOf(source.kind);
    const fields = { ...(await this.#configurationOf(source)), ...change };
    const configuration = parsedConfiguration(collector, fields);
    const verification = await this.#verify(collector, configuration, signal);
    this.#refuseUnverified(id, verification, undefined);
    await this.#store(
      source.state === 'saved' ? 'saved' : 'draft',
      source,
      collector,
      configuration,
      verification,
    );
    const changed = await this.registry.get(id);
    if (changed.state === 'saved') await this.#follow(changed);
    return { source: changed, verification };
  }

  /** Reads a source in full now. Answers when the read has begun; events tell of its progress. */
  async startSync(id: string, confirmRemovals: boolean): Promise<RegisteredSource> {
    const source = await this.registry.get(id);
    const watcher = this.#watchers.get(id);
    if (watcher === undefined) throw notRunning(id);
    watcher.requestFullSync({ confirmRemovals }).catch((error: unknown) => {
      this.#parts.logger.warn({ err: error, source: id }, 'A sync ended early');
    });
    return source;
  }

  /** Stops to collect a source and removes it with all that came from it. */
  async remove(id: string): Promise<void> {
    await this.registry.get(id);
    await this.#watchers.get(id)?.stop();
    this.#watchers.delete(id);
    await this.registry.remove(id);
    this.evaluations.request(id);
  }

  /** Configuration with its secrets, for the part that powers machines off and on. */
  async openConfiguration(id: string): Promise<Readonly<Record<string, unknown>>> {
    return this.#configurationOf(await this.registry.get(id));
  }

  /** The engine, for what stands for a source, such as a bundle. */
  get engine(): SyncEngine {
    return this.#engine;
  }

  #collectorOf(kind: string): AnyCollector {
    for (const [known, collector] of collectors) if (known === kind) return collector;
    throw unknownKind(kind, collectors.keys());
  }

  async #configurationOf(source: RegisteredSource): Promise<Readonly<Record<string, unknown>>> {
    const sealed = await this.registry.sealed(source.id);
    if (sealed === undefined) throw notRunning(source.id);
    const secrets = this.#parts.vault.openCredentials(source.id, sealed);
    return joinedConfiguration(source.settings, secrets);
  }

  #verify(
    collector: AnyCollector,
    configuration: unknown,
    signal: AbortSignal,
  ): Promise<Verification> {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(verifyWithinMs)]);
    return collector.verify(configuration, bounded);
  }

  #refuseUnverified(
    id: string,
    { ok, certificate, findings }: Verification,
    accepted: string | undefined,
  ): void {
    if (certificate && accepted !== undefined && !sameFingerprint(certificate.sha256, accepted)) {
      const why = `its certificate has the fingerprint ${certificate.sha256}, and ${accepted} was accepted`;
      throw notVerified(id, why, 'Find out which of them is right before you trust either');
    }
    if (ok) return;
    const blockers = findings.filter(({ severity }) => severity === 'blocker');
    const why = blockers.map(({ what }) => what).join('; ') || 'it could not be verified';
    const remedy = blockers.map((blocker) => blocker.remedy).join(' ') || 'Verify it again';
    throw notVerified(id, why, remedy);
  }

  async #store(
    state: 'draft' | 'saved',
    { id, name }: { readonly id: string; readonly name: string },
    collector: AnyCollector,
    configuration: Readonly<Record<string, unknown>>,
    { certificate, product, version, instanceId }: Verification,
  ): Promise<void> {
    const { settings, secrets } = splitConfiguration(collector, configuration);
    const address = settings.address ?? settings.server;
    await this.registry[state === 'draft' ? 'draft' : 'save']({
      id,
      name,
      kind: collector.kind,
      settings,
      sealed: this.#parts.vault.sealCredentials(id, secrets),
      intervalSeconds: this.#parts.intervalSeconds,
      ...(typeof address === 'string' ? { address } : {}),
      ...(certificate === undefined ? {} : { fingerprint: certificate.sha256 }),
      ...(product === undefined ? {} : { product }),
      ...(version === undefined ? {} : { version }),
      ...(instanceId === undefined ? {} : { instanceId }),
    });
  }

  async #follow(source: RegisteredSource): Promise<void> {
    await this.#watchers.get(source.id)?.stop();
    const collector = this.#collectorOf(source.kind);
    const configuration = parsedConfiguration(collector, await this.#configurationOf(source));
    const target = { source: source.id, collector, configuration };
    const watcher = this.#engine.watch(target);
    this.#watchers.set(source.id, watcher);
    watcher.done.catch((error: unknown) => {
      this.#parts.logger.error(
        { err: error, source: source.id },
        'A source is no longer collected',
      );
    });
  }

  #applied(applied: SyncApplied): void {
    const { source, sync, mode } = applied;
    this.#parts.events.publish('inventoryChanged', {
      source,
      sync,
      mode,
      ...changeCounts(applied),
    });
    this.evaluations.request(source);
  }

  async #freeId(name: string): Promise<string> {
    const taken = new Set((await this.registry.list()).map(({ id }) => id));
    const base = idFrom(name);
    for (let number = 1; ; number += 1) {
      const id = number === 1 ? base : `${base}-${number}`;
      if (!taken.has(id)) return id;
    }
  }

  #tidy(): void {
    const { logger } = this.#parts;
    Promise.all([this.registry.tidy(), this.registry.markStale()]).catch((error: unknown) => {
      logger.warn({ err: error }, 'Old drafts or stale sources could not be marked');
    });
  }
}
