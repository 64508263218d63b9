import type { Omission } from '../contract.js';

const mostSamples = 200;

/** A relationship whose other end no read has shown. */
export interface DanglingEdge {
  readonly entity: string;
  readonly edge: string;
  readonly target: string;
}

/** Counts everything, keeps the first few hundred: what goes wrong often goes wrong everywhere. */
export class Samples<T> {
  private counted = 0;
  private readonly kept: T[] = [];

  add(item: T): void {
    this.counted += 1;
    if (this.kept.length < mostSamples) this.kept.push(item);
  }

  get count(): number {
    return this.counted;
  }

  get samples(): readonly T[] {
    return this.kept;
  }
}

/** What a sync could not read or resolve. */
export class SyncNotes {
  readonly omissions = new Samples<Omission>();
  readonly dangling = new Samples<DanglingEdge>();
}
