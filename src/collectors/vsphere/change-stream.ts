import { VsphereStreamLostError } from './errors.js';
import { stepsTo } from './inventory-walk.js';
import { isVsphereType } from './kind-of-type.js';
import { watchedPaths, type ManagedObjectType } from './paths.js';
import { createFilter, waitForUpdates } from './property-collector.js';
import { vsphereTypes, type ManagedObjectReference } from './raw.js';
import type { UpdateSet } from './soap/answers.js';
import type { VimClient } from './vim-client.js';

const watchedTypes = vsphereTypes.filter((type): type is ManagedObjectType => type !== 'Tag');

/** Objects that changed and objects that are gone, each once. */
export interface ChangedReferences {
  readonly changed: readonly ManagedObjectReference[];
  readonly removed: readonly ManagedObjectReference[];
}

const objectsOf = (updates: UpdateSet): UpdateSet['filterSet'][number]['objectSet'] =>
  updates.filterSet.flatMap(({ objectSet }) => objectSet);

/**
 * The source's stream of changes within one session.
 *
 * It is opened before a full read begins and emptied of the source's first answer, which is the
 * state of everything: what changes while the read goes on waits in the stream until somebody
 * listens. The source's own version text is not handed out: it means nothing in another session,
 * and the simulator's is the same always.
 */
export class ChangeStream {
  private turn = 0;
  private busy = false;

  private constructor(
    private readonly client: VimClient,
    private readonly session: string,
    private version: string,
    /** Objects that the source had when the stream was opened, for progress. */
    readonly total: number,
  ) {}

  static async open(client: VimClient, signal: AbortSignal): Promise<ChangeStream> {
    await createFilter(
      client,
      {
        paths: watchedPaths,
        objects: [client.content.rootFolder],
        steps: stepsTo(watchedTypes),
      },
      signal,
    );
    let version = '';
    let total = 0;
    for (;;) {
      const updates = await waitForUpdates(client, version, 0, signal);
      if (updates === undefined) break;
      version = updates.version;
      total += objectsOf(updates).length;
      if (!updates.truncated) break;
    }
    return new ChangeStream(client, client.session ?? '', version, total);
  }

  /** The place that the stream stands at. */
  get place(): string {
    return `${this.session}/${this.turn}`;
  }

  /** True while a call waits at the source. */
  get waiting(): boolean {
    return this.busy;
  }

  /** @throws VsphereStreamLostError where the place is not the one that the stream stands at. */
  requirePlace(since: string): void {
    if (since === this.place && this.client.session === this.session) return;
    throw new VsphereStreamLostError(
      this.client.address,
      'it belongs to a session that has ended, and the source keeps changes for a session alone',
    );
  }

  /** The next changes; `undefined` where there were none within the time. */
  async next(signal: AbortSignal): Promise<ChangedReferences | undefined> {
    this.busy = true;
    const { watchSeconds } = this.client.configuration;
    const updates = await waitForUpdates(this.client, this.version, watchSeconds, signal);
    // Left true by an error: then the source may still hold the call.
    this.busy = false;
    if (updates === undefined) return undefined;
    this.version = updates.version;
    this.turn += 1;
    return sorted(objectsOf(updates));
  }
}

function sorted(objects: UpdateSet['filterSet'][number]['objectSet']): ChangedReferences {
  const last = new Map<string, (typeof objects)[number]>();
  for (const object of objects) {
    if (isVsphereType(object.obj.type)) last.set(object.obj.value, object);
  }
  const all = [...last.values()];
  return {
    changed: all.filter(({ kind }) => kind !== 'leave').map(({ obj }) => obj),
    removed: all.filter(({ kind }) => kind === 'leave').map(({ obj }) => obj),
  };
}
