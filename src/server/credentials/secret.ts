import { inspect } from 'node:util';

const hidden = '[secret]';

/**
 * A text that must not be seen: every way of turning it into text gives `[secret]`, and only
 * {@link Secret.reveal} gives the value. Comparing or logging the wrapper by accident is harmless.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [Symbol.toPrimitive](): string {
    return hidden;
  }

  [inspect.custom](): string {
    return hidden;
  }
}
