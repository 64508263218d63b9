import type { EventTopic, EventTopics } from './event.js';

/**
 * Tells listeners what goes on. Nothing depends on an event arriving: all of it can be read again
 * from the graph, and a listener that is too slow loses the oldest.
 */
export interface EventBus {
  publish<T extends EventTopic>(topic: T, event: EventTopics[T]): void;
  /** Events from now on, until the signal or until the caller leaves the loop. */
  subscribe<T extends EventTopic>(topic: T, signal?: AbortSignal): AsyncIterable<EventTopics[T]>;
  close(): Promise<void>;
}
