import type { EventBus } from './event-bus.js';
import { EventQueue } from './event-queue.js';
import type { EventTopic, EventTopics } from './event.js';

type AnyQueue = EventQueue<unknown>;

/** Events within one process. */
export class LocalEventBus implements EventBus {
  readonly #listeners = new Map<EventTopic, Set<AnyQueue>>();

  publish<T extends EventTopic>(topic: T, event: EventTopics[T]): void {
    for (const queue of this.#listeners.get(topic) ?? []) queue.push(event);
  }

  /** Listens from the call on, not from the first turn of the loop. */
  subscribe<T extends EventTopic>(topic: T, signal?: AbortSignal): AsyncIterable<EventTopics[T]> {
    const queue = new EventQueue<EventTopics[T]>();
    const listeners = this.#listeners.get(topic) ?? new Set<AnyQueue>();
    this.#listeners.set(topic, listeners.add(queue));
    const leave = (): void => {
      listeners.delete(queue);
      queue.end();
    };
    signal?.addEventListener('abort', leave, { once: true });
    if (signal?.aborted === true) leave();
    return (async function* () {
      try {
        yield* queue.take();
      } finally {
        leave();
      }
    })();
  }

  close(): Promise<void> {
    for (const queues of this.#listeners.values()) for (const queue of queues) queue.end();
    this.#listeners.clear();
    return Promise.resolve();
  }
}
