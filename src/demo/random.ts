/** Mixes a text into 32 bits (FNV-1a), so that each part of the estate has a stream of its own. */
function mix(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * A small seeded generator (mulberry32). It is not for secrets: it makes the same estate from the
 * same seed, in any order in which its parts are asked for.
 */
export class Random {
  #state: number;

  constructor(seed: number, ...parts: readonly (string | number)[]) {
    this.#state = mix([seed, ...parts].join('/'));
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let value = this.#state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Both ends included. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[Math.floor(this.next() * list.length)] ?? list[0];
  }

  /** Picks by weight; the weights need not add up to anything. */
  weighted<T>(list: readonly [readonly [number, T], ...(readonly [number, T])[]]): T {
    let rest = this.next() * list.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of list) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return list[0][1];
  }

  /** A number of hexadecimal digits. */
  hexadecimal(digits: number): string {
    let text = '';
    while (text.length < digits) {
      text += Math.floor(this.next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    }
    return text.slice(0, digits);
  }

  /** A UUID in the form that vSphere prints. */
  uuid(): string {
    const digits = this.hexadecimal(32);
    return [
      digits.slice(0, 8),
      digits.slice(8, 12),
      digits.slice(12, 16),
      digits.slice(16, 20),
      digits.slice(20),
    ].join('-');
  }
}
