/** Collects the values of a query under construction, and hands out names that nobody else uses. */
export class Parameters {
  readonly #values: Record<string, unknown> = {};
  #count = 0;
  #variables = 0;

  /** What a query calls now: one moment for all of its conditions. */
  readonly now: Date;

  constructor(now: Date = new Date()) {
    this.now = now;
  }

  /** Adds a value and returns its place in the text, for instance `$p3`. */
  add(value: unknown): string {
    const name = `p${this.#count}`;
    this.#count += 1;
    this.#values[name] = value;
    return `$${name}`;
  }

  /** A variable name for a pattern of a subquery. */
  variable(): string {
    this.#variables += 1;
    return `x${this.#variables}`;
  }

  get values(): Readonly<Record<string, unknown>> {
    return this.#values;
  }
}
