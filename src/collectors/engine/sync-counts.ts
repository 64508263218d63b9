import type { EntityKind } from '../../graph/index.js';

export interface KindCounts {
  seen: number;
  added: number;
  changed: number;
  unchanged: number;
  removed: number;
}

/** Counts of one sync by kind. */
export type SyncCounts = Readonly<Partial<Record<EntityKind, Readonly<KindCounts>>>>;

export class Counter {
  private readonly byKind = new Map<EntityKind, KindCounts>();

  add(kind: EntityKind, field: keyof KindCounts, by = 1): void {
    let counts = this.byKind.get(kind);
    if (counts === undefined) {
      counts = { seen: 0, added: 0, changed: 0, unchanged: 0, removed: 0 };
      this.byKind.set(kind, counts);
    }
    counts[field] += by;
  }

  get total(): number {
    return [...this.byKind.values()].reduce((sum, { seen }) => sum + seen, 0);
  }

  snapshot(): SyncCounts {
    return Object.fromEntries([...this.byKind].map(([kind, counts]) => [kind, { ...counts }]));
  }
}
