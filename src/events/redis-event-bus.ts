import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { z } from 'zod';
import type { EventBus } from './event-bus.js';
import { eventTopics, type EventTopic, type EventTopics } from './event.js';
import { LocalEventBus } from './local-event-bus.js';

const channelOf = (topic: EventTopic): string => `opal:event:${topic}`;

const message = z.object({ from: z.string(), event: z.record(z.string(), z.unknown()) });

/**
 * Events over all processes on one Redis. Within the process they go straight to the listeners, so
 * that they arrive while Redis is away too.
 */
export class RedisEventBus implements EventBus {
  readonly #local = new LocalEventBus();
  readonly #self = randomUUID();
  readonly #publisher: Redis;
  readonly #subscriber: Redis;

  private constructor(redisUrl: string, onError: (error: Error) => void) {
    const options = { maxRetriesPerRequest: null, enableOfflineQueue: true, lazyConnect: true };
    this.#publisher = new Redis(redisUrl, { ...options, maxRetriesPerRequest: 1 });
    this.#subscriber = new Redis(redisUrl, options);
    this.#publisher.on('error', onError);
    this.#subscriber.on('error', onError);
  }

  /** Connects; both connections are made anew whenever they are lost. */
  static async open(redisUrl: string, onError: (error: Error) => void): Promise<RedisEventBus> {
    const bus = new RedisEventBus(redisUrl, onError);
    await Promise.all([bus.#publisher.connect(), bus.#subscriber.connect()]);
    bus.#subscriber.on('message', (channel, text) => {
      bus.#receive(channel, text);
    });
    await bus.#subscriber.subscribe(...eventTopics.map(channelOf));
    return bus;
  }

  #receive(channel: string, text: string): void {
    const topic = eventTopics.find((known) => channelOf(known) === channel);
    let received: unknown;
    try {
      received = JSON.parse(text);
    } catch {
      return;
    }
    const parsed = message.safeParse(received);
    if (topic === undefined || !parsed.success || parsed.data.from === this.#self) return;
    // Only this product publishes on its channels, in the form of the topic.
    this.#local.publish(topic, parsed.data.event as unknown as EventTopics[typeof topic]);
  }

  publish<T extends EventTopic>(topic: T, event: EventTopics[T]): void {
    this.#local.publish(topic, event);
    const text = JSON.stringify({ from: this.#self, event });
    this.#publisher.publish(channelOf(topic), text).catch(() => undefined);
  }

  subscribe<T extends EventTopic>(topic: T, signal?: AbortSignal): AsyncIterable<EventTopics[T]> {
    return this.#local.subscribe(topic, signal);
  }

  async close(): Promise<void> {
    await this.#local.close();
    this.#publisher.disconnect();
    this.#subscriber.disconnect();
  }
}
