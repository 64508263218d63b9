import type { Verification, SourceKind } from '../../collectors/contract.js';
import type { RegisteredSource, SourceRegistry } from '../../collectors/sources/index.js';
import type { CredentialVault } from '../credentials/index.js';
import type { CollectorEntry, CollectorTable } from './collector-table.js';
import { sameInstance, withDuplicate } from './same-instance.js';
import { openConfiguration, splitConfiguration } from './source-configuration.js';
import {
  malformedConfiguration,
  notVerified,
  sourceExists,
  unknownKind,
} from './source-service-error.js';

/** What a person enters to add a source. */
export interface SourceDraft {
  /** Lower-case letters, digits, hyphens and dots; begins the ids of all its entities. */
  readonly id: string;
  readonly name: string;
  readonly kind: SourceKind;
  /** Fields of the collector's configuration, secrets included. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** How often it is read whole, in seconds. */
  readonly intervalSeconds?: number;
}

export interface SourceServiceParts {
  readonly registry: SourceRegistry;
  readonly vault: CredentialVault;
  readonly collectors: CollectorTable;
  /** Called when a source was saved, changed or removed. */
  readonly onChange: () => void;
}

const verificationTimeoutMs = 120_000;

/**
 * Adds, verifies, changes and removes sources. Credentials are sealed before they are stored and
 * opened only to be handed to a collector.
 */
export class SourceService {
  constructor(private readonly parts: SourceServiceParts) {}

  /** Saved sources and drafts, without credentials. */
  list(): Promise<RegisteredSource[]> {
    return this.parts.registry.list();
  }

  /** @throws SourceError where there is no such source. */
  get(id: string): Promise<RegisteredSource> {
    return this.parts.registry.get(id);
  }

  /**
   * Keeps what a person entered until it is saved or a day has passed, in place of an earlier draft
   * of that id or name.
   *
   * @throws SourceServiceError for an id that is taken or fields that cannot be used.
   */
  async draft(draft: SourceDraft): Promise<RegisteredSource> {
    const { registry } = this.parts;
    const sources = await registry.list();
    if (sources.some(({ id, state }) => id === draft.id && state !== 'draft')) {
      throw sourceExists(draft.id);
    }
    const entry = this.entryOf(draft.kind);
    this.check(draft.id, entry, draft.configuration);
    const replaced = sources.filter(
      ({ id, name, state }) => state === 'draft' && (id === draft.id || name === draft.name),
    );
    for (const { id } of replaced) await registry.remove(id);
    await registry.draft(this.facts(draft, entry));
    return registry.get(draft.id);
  }

  /** Looks at a draft or a saved source: certificate, version, clock, privileges. Saves nothing. */
  async verify(id: string, signal?: AbortSignal): Promise<Verification> {
    const { registry, vault } = this.parts;
    const { kind } = await registry.get(id);
    const entered = await openConfiguration(registry, vault, id);
    return this.verifyConfiguration({ id, kind }, entered, signal);
  }

  /**
   * Verifies once more and saves. From now on the source is collected.
   *
   * @param acceptedFingerprint SHA-256 of the certificate that the person saw and accepts; from then
   *   on only this certificate will do.
   * @throws SourceServiceError with the blockers where verification finds some.
   */
  async save(
    id: string,
    acceptedFingerprint?: string,
    signal?: AbortSignal,
  ): Promise<{ readonly source: RegisteredSource; readonly verification: Verification }> {
    const { registry, vault } = this.parts;
    const { kind, name } = await registry.get(id);
    const entry = this.entryOf(kind);
    const pinned =
      acceptedFingerprint === undefined ? {} : { [entry.fingerprintField]: acceptedFingerprint };
    const configuration = { ...(await openConfiguration(registry, vault, id)), ...pinned };
    return this.verifyAndSave({ id, name, kind, configuration }, entry, signal);
  }

  /**
   * Changes fields of the configuration, credentials for instance; the others stay. Verified before
   * it is saved, so that a working source is not replaced by one that does not work.
   */
  async change(
    id: string,
    change: {
      readonly name?: string;
      readonly configuration?: Readonly<Record<string, unknown>>;
      readonly intervalSeconds?: number;
    },
    signal?: AbortSignal,
  ): Promise<{ readonly source: RegisteredSource; readonly verification: Verification }> {
    const { registry, vault } = this.parts;
    const source = await registry.get(id);
    const entered = await openConfiguration(registry, vault, id);
    const draft: SourceDraft = {
      id,
      name: change.name ?? source.name,
      kind: source.kind,
      configuration: { ...entered, ...change.configuration },
      ...(change.intervalSeconds === undefined ? {} : { intervalSeconds: change.intervalSeconds }),
    };
    return this.verifyAndSave(draft, this.entryOf(source.kind), signal);
  }

  /** Removes a source with everything that was collected from it. */
  async remove(id: string): Promise<void> {
    await this.parts.registry.remove(id);
    this.parts.onChange();
  }

  private async verifyAndSave(
    draft: SourceDraft,
    entry: CollectorEntry,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly source: RegisteredSource; readonly verification: Verification }> {
    const { registry, onChange } = this.parts;
    const verification = await this.verifyConfiguration(draft, draft.configuration, signal);
    if (!verification.ok) throw notVerified(await registry.get(draft.id), verification.findings);
    const { address, product, version, instanceId, certificate } = verification;
    await registry.save({
      ...(address === undefined ? {} : { address }),
      ...this.facts(draft, entry),
      ...(product === undefined ? {} : { product }),
      ...(version === undefined ? {} : { version }),
      ...(instanceId === undefined ? {} : { instanceId }),
      ...(certificate === undefined ? {} : { fingerprint: certificate.sha256 }),
    });
    onChange();
    return { source: await registry.get(draft.id), verification };
  }

  private async verifyConfiguration(
    { id, kind }: Pick<SourceDraft, 'id' | 'kind'>,
    entered: Readonly<Record<string, unknown>>,
    signal: AbortSignal | undefined,
  ): Promise<Verification> {
    const entry = this.entryOf(kind);
    const timeout = AbortSignal.timeout(verificationTimeoutMs);
    const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const verification = await entry.collector.verify(this.check(id, entry, entered), either);
    const address = verification.address ?? entered[entry.addressField];
    const other = sameInstance(await this.parts.registry.list(), {
      id,
      kind,
      ...(verification.instanceId === undefined ? {} : { instanceId: verification.instanceId }),
      ...(typeof address === 'string' ? { address } : {}),
    });
    return other === undefined ? verification : withDuplicate(verification, other);
  }

  private facts(draft: SourceDraft, entry: CollectorEntry) {
    const { id, name, kind, intervalSeconds } = draft;
    const { settings, secrets } = splitConfiguration(draft.configuration, entry.collector.secrets);
    const address = settings[entry.addressField];
    return {
      id,
      name,
      kind,
      settings,
      sealed: this.parts.vault.sealCredentials(id, secrets),
      ...(typeof address === 'string' ? { address } : {}),
      ...(intervalSeconds === undefined ? {} : { intervalSeconds }),
    };
  }

  private check(
    id: string,
    { collector }: CollectorEntry,
    entered: Readonly<Record<string, unknown>>,
  ): unknown {
    const parsed = collector.configuration.safeParse(entered);
    if (!parsed.success) throw malformedConfiguration(id, parsed.error);
    return parsed.data;
  }

  private entryOf(kind: SourceKind): CollectorEntry {
    const entry = this.parts.collectors[kind];
    if (entry === undefined) throw unknownKind(kind, Object.keys(this.parts.collectors));
    return entry;
  }
}
