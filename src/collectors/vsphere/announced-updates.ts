import { cancelWait, createFilter, waitForUpdates } from './property-collector.js';
import type { ManagedObjectReference } from './raw.js';
import type { UpdateSet } from './soap/answers.js';
import type { FilterSpecification } from './soap/arguments.js';
import type { VimClient } from './vim-client.js';

/** What happened to one object that a filter describes. */
export type ObjectUpdate = UpdateSet['filterSet'][number]['objectSet'][number];

const cancelTimeoutMs = 5_000;

const objectsOf = (updates: UpdateSet): readonly ObjectUpdate[] =>
  updates.filterSet.flatMap(({ objectSet }) => objectSet);

/**
 * One filter of one property collector, from its first answer on. What changes while nobody waits
 * is kept by the source until the next wait.
 */
export class AnnouncedUpdates {
  private busy = false;

  private constructor(
    private readonly client: VimClient,
    private readonly collector: ManagedObjectReference,
    private version: string,
  ) {}

  /** @param onPresent takes what the source has at the beginning, part by part. */
  static async open(
    client: VimClient,
    collector: ManagedObjectReference,
    filter: FilterSpecification,
    onPresent: (objects: readonly ObjectUpdate[]) => void,
    signal: AbortSignal,
  ): Promise<AnnouncedUpdates> {
    await createFilter(client, collector, filter, signal);
    let version = '';
    for (;;) {
      const updates = await waitForUpdates(client, collector, version, 0, signal);
      if (updates === undefined) break;
      version = updates.version;
      onPresent(objectsOf(updates));
      if (!updates.truncated) break;
    }
    return new AnnouncedUpdates(client, collector, version);
  }

  /** The next updates; `undefined` where there were none within the time. */
  async next(signal: AbortSignal): Promise<readonly ObjectUpdate[] | undefined> {
    this.busy = true;
    const { watchSeconds } = this.client.configuration;
    const updates = await waitForUpdates(
      this.client,
      this.collector,
      this.version,
      watchSeconds,
      signal,
    );
    // Left true by an error: then the source may still hold the call.
    this.busy = false;
    if (updates === undefined) return undefined;
    this.version = updates.version;
    return objectsOf(updates);
  }

  /** Ends a call that waits at the source. Never throws. */
  async cancel(): Promise<void> {
    if (!this.busy) return;
    const signal = AbortSignal.timeout(cancelTimeoutMs);
    await cancelWait(this.client, this.collector, signal).catch(() => undefined);
  }
}
