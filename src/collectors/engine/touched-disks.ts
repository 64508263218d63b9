import type { EntityKind } from '../../graph/index.js';

/** Beyond this many it is cheaper to ask the graph which ones a sync touched. */
const mostRemembered = 2_000;

/** Ids of disks that were written or removed since somebody last asked. */
export class TouchedDisks {
  private readonly ids = new Set<string>();
  private isTooMany = false;

  add(id: string, kind: EntityKind): void {
    if (kind !== 'Disk' || this.isTooMany) return;
    this.ids.add(id);
    if (this.ids.size <= mostRemembered) return;
    this.isTooMany = true;
    this.ids.clear();
  }

  /** `undefined` where they were too many to remember. */
  take(): readonly string[] | undefined {
    const ids = this.isTooMany ? undefined : [...this.ids];
    this.ids.clear();
    this.isTooMany = false;
    return ids;
  }
}
