import { z } from 'zod';
import { AnnouncedUpdates, type ObjectUpdate } from './announced-updates.js';
import { VimFaultError } from './errors.js';
import { createCollector, retrievePresent } from './property-collector.js';
import type { ManagedObjectReference } from './raw.js';
import type { FilterSpecification } from './soap/arguments.js';
import type { VimClient } from './vim-client.js';

const reference = z.object({ type: z.string(), value: z.string() }).optional().catch(undefined);

const taskInfo = z.object({
  'info.state': z.string().optional().catch(undefined),
  'info.entity': reference,
  // A reference where the task made an object.
  'info.result': reference,
});
type TaskInfo = z.infer<typeof taskInfo>;

const infoPaths = Object.keys(taskInfo.shape);
const endStates: ReadonlySet<string> = new Set(['success', 'error']);

/** Several times what a vCenter lists: the running tasks and the last 200 that ended. */
const mostRemembered = 2_000;

const filterOf = (taskManager: ManagedObjectReference): FilterSpecification => ({
  paths: { Task: ['info.state'] },
  objects: [taskManager],
  steps: [{ name: 'recentTasks', type: taskManager.type, path: 'recentTask', then: [] }],
});

const presentTasks = (updates: readonly ObjectUpdate[]): readonly ManagedObjectReference[] =>
  updates.filter(({ kind, obj }) => kind !== 'leave' && obj.type === 'Task').map(({ obj }) => obj);

/**
 * Objects that tasks of the source have worked on, told when a task ends.
 *
 * Power, name, hardware, snapshots, migration, creation and removal all go through tasks, and the
 * list of recent ones is short whatever the size of the inventory. It is followed by a property
 * collector of its own, so that it does not wait for a source that is busy comparing ten thousand
 * machines. It is a shortcut and no replacement: what no task does (an address of a guest, a host
 * that is lost) is told by the properties alone.
 */
export class EndedTasks {
  private readonly ended = new Set<string>();

  private constructor(
    private readonly client: VimClient,
    private readonly updates: AnnouncedUpdates,
  ) {}

  /** `undefined` where the source has no tasks to show to this account. */
  static async open(client: VimClient, signal: AbortSignal): Promise<EndedTasks | undefined> {
    const { taskManager } = client.content;
    if (taskManager === undefined) return undefined;
    try {
      const collector = await createCollector(client, signal);
      const present: ManagedObjectReference[] = [];
      const updates = await AnnouncedUpdates.open(
        client,
        collector,
        filterOf(taskManager),
        (objects) => present.push(...presentTasks(objects)),
        signal,
      );
      const tasks = new EndedTasks(client, updates);
      // What ended before shows in the read that follows.
      await tasks.endedOf(present, signal);
      return tasks;
    } catch (error) {
      if (error instanceof VimFaultError && !error.retryable) return undefined;
      throw error;
    }
  }

  /** What tasks that have ended since worked on; `undefined` where none ended within the time. */
  async next(signal: AbortSignal): Promise<readonly ManagedObjectReference[] | undefined> {
    const updates = await this.updates.next(signal);
    if (updates === undefined) return undefined;
    const infos = await this.endedOf(presentTasks(updates), signal);
    return infos.flatMap(({ 'info.entity': entity, 'info.result': result }) =>
      [entity, result].filter((each) => each !== undefined),
    );
  }

  async cancel(): Promise<void> {
    await this.updates.cancel();
  }

  /** Those of the tasks that have ended, each once in the life of the session. */
  private async endedOf(
    tasks: readonly ManagedObjectReference[],
    signal: AbortSignal,
  ): Promise<readonly TaskInfo[]> {
    const unknown = tasks.filter(({ value }) => !this.ended.has(value));
    if (unknown.length === 0) return [];
    const filter = { paths: { Task: infoPaths }, objects: unknown, steps: [] };
    const infos: TaskInfo[] = [];
    const { pageSize } = this.client.configuration;
    for await (const page of retrievePresent(this.client, filter, pageSize, signal)) {
      for (const { obj, propSet } of page) {
        const info = taskInfo.parse(
          Object.fromEntries(propSet.map(({ name, val }) => [name, val])),
        );
        if (!endStates.has(info['info.state'] ?? '')) continue;
        this.remember(obj.value);
        infos.push(info);
      }
    }
    return infos;
  }

  private remember(task: string): void {
    this.ended.add(task);
    const [oldest] = this.ended;
    if (this.ended.size > mostRemembered && oldest !== undefined) this.ended.delete(oldest);
  }
}
