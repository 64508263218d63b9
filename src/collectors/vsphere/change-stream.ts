import { AnnouncedUpdates, type ObjectUpdate } from './announced-updates.js';
import { EndedTasks } from './ended-tasks.js';
import { VsphereStreamLostError } from './errors.js';
import { stepsTo } from './inventory-walk.js';
import { isVsphereType } from './kind-of-type.js';
import { watchedPaths, type ManagedObjectType } from './paths.js';
import { vsphereTypes, type ManagedObjectReference } from './raw.js';
import type { VimClient } from './vim-client.js';

const watchedTypes = vsphereTypes.filter((type): type is ManagedObjectType => type !== 'Tag');

/** Objects that changed and objects that are gone, each once. */
export interface ChangedReferences {
  readonly changed: readonly ManagedObjectReference[];
  readonly removed: readonly ManagedObjectReference[];
}

type Telling = (signal: AbortSignal) => Promise<ChangedReferences | undefined>;

interface Told {
  readonly by: Telling;
  readonly references: ChangedReferences | undefined;
}

/**
 * The source's stream of changes within one session.
 *
 * It is opened before a full read begins and emptied of the source's first answer, which is the
 * state of everything: what changes while the read goes on waits in the stream until somebody
 * listens. The source's own version text is not handed out: it means nothing in another session,
 * and the simulator's is the same always.
 *
 * Two calls wait at the source: one for the watched properties of the whole inventory, and one for
 * tasks that end. Whichever answers first is told; the other goes on waiting.
 */
export class ChangeStream {
  private turn = 0;
  private readonly session: string;
  private readonly tellings: readonly Telling[];
  private readonly waits = new Map<Telling, Promise<Told>>();

  private constructor(
    private readonly client: VimClient,
    private readonly inventory: AnnouncedUpdates,
    private readonly tasks: EndedTasks | undefined,
    /** Objects that the source had when the stream was opened, for progress. */
    readonly total: number,
  ) {
    this.session = client.session ?? '';
    this.tellings = [
      async (signal) => {
        const updates = await inventory.next(signal);
        return updates && sorted(updates);
      },
      ...(tasks === undefined ? [] : [byTasks(tasks)]),
    ];
  }

  static async open(client: VimClient, signal: AbortSignal): Promise<ChangeStream> {
    const { propertyCollector, rootFolder } = client.content;
    const tasks = await EndedTasks.open(client, signal);
    let total = 0;
    const inventory = await AnnouncedUpdates.open(
      client,
      propertyCollector,
      { paths: watchedPaths, objects: [rootFolder], steps: stepsTo(watchedTypes) },
      (objects) => {
        total += objects.length;
      },
      signal,
    );
    return new ChangeStream(client, inventory, tasks, total);
  }

  /** The place that the stream stands at. */
  get place(): string {
    return `${this.session}/${this.turn}`;
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
    for (const telling of this.tellings) this.await(telling, signal);
    const { by, references } = await Promise.race(this.waits.values());
    this.waits.delete(by);
    if (references === undefined) return undefined;
    this.turn += 1;
    return references;
  }

  /** Ends the calls that wait at the source. Never throws. */
  async cancel(): Promise<void> {
    await Promise.all([this.inventory.cancel(), this.tasks?.cancel()]);
  }

  private await(by: Telling, signal: AbortSignal): void {
    if (this.waits.has(by)) return;
    const wait = by(signal).then((references) => ({ by, references }));
    // Whoever asks for the next changes sees the failure, which may come while nobody asks.
    wait.catch(() => undefined);
    this.waits.set(by, wait);
  }
}

/** What a task made or worked on is read again, which also tells whether it is still there. */
const byTasks =
  (tasks: EndedTasks): Telling =>
  async (signal) => {
    const references = await tasks.next(signal);
    if (references === undefined) return undefined;
    const changed = new Map(
      references.filter(({ type }) => isVsphereType(type)).map((each) => [each.value, each]),
    );
    return { changed: [...changed.values()], removed: [] };
  };

function sorted(objects: readonly ObjectUpdate[]): ChangedReferences {
  const last = new Map<string, ObjectUpdate>();
  for (const object of objects) {
    if (isVsphereType(object.obj.type)) last.set(object.obj.value, object);
  }
  const all = [...last.values()];
  return {
    changed: all.filter(({ kind }) => kind !== 'leave').map(({ obj }) => obj),
    removed: all.filter(({ kind }) => kind === 'leave').map(({ obj }) => obj),
  };
}
