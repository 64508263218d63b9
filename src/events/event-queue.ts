/** Events that a listener has not taken yet are bounded: the oldest go first. */
const longestQueue = 1_000;

/** Waiting events of one listener. */
export class EventQueue<Event> {
  readonly #waiting: Event[] = [];
  #wake: (() => void) | undefined;
  #ended = false;

  push(event: Event): void {
    if (this.#ended) return;
    if (this.#waiting.length >= longestQueue) this.#waiting.shift();
    this.#waiting.push(event);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** Events in their order until the end. */
  async *take(): AsyncGenerator<Event> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        yield next;
        continue;
      }
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
