import { Queue } from 'bullmq';
import { requireNoEviction } from './redis-policy.js';

/** All that Redis ever holds of a migration: ids. Names, orders and secrets stay where they are. */
export interface TurnJob {
  readonly migration: string;
  readonly machine: string;
}

export interface MachinePlace {
  readonly id: string;
  readonly migration: string;
}

const enqueueBatch = 500;

/**
 * The queue of turns: one job for each machine that may go on. It decides nothing and remembers
 * nothing that the graph does not know better, so it may be emptied at any moment.
 */
export class MigrationQueue {
  private constructor(private readonly queue: Queue<TurnJob>) {}

  /** @throws QueueStoreError where Redis may evict keys. */
  static async open(redisUrl: string, name: string): Promise<MigrationQueue> {
    await requireNoEviction(redisUrl);
    const queue = new Queue<TurnJob>(name, {
      connection: { url: redisUrl, enableOfflineQueue: true, maxRetriesPerRequest: 3 },
      // A job that ends leaves its id free, so that the machine can come again.
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
    });
    // Connection losses are reported by the call that meets them; ioredis reconnects by itself.
    queue.on('error', () => undefined);
    return new MigrationQueue(queue);
  }

  /** Gives each machine a job; one that has a job already keeps it. */
  async enqueue(machines: readonly MachinePlace[]): Promise<void> {
    for (let start = 0; start < machines.length; start += enqueueBatch) {
      await this.queue.addBulk(
        machines.slice(start, start + enqueueBatch).map(({ id, migration }) => ({
          name: 'turn',
          data: { migration, machine: id },
          opts: { jobId: id },
        })),
      );
    }
  }

  /** Lets machines that wait for their next look be looked at now. */
  async hurry(machines: readonly MachinePlace[]): Promise<void> {
    await this.enqueue(machines);
    for (const { id } of machines) {
      const job = await this.queue.getJob(id);
      // Between looking and promoting the job may have begun by itself.
      if ((await job?.isDelayed()) === true) await job?.promote().catch(() => undefined);
    }
  }

  close(): Promise<void> {
    return this.queue.close();
  }
}
