import type { SyncApplied } from '../../collectors/engine/index.js';

/** Objects that a sync has added, changed and removed so far, over all kinds. */
export const changeCounts = ({
  counts,
}: SyncApplied): { readonly added: number; readonly changed: number; readonly removed: number } => {
  const total = { added: 0, changed: 0, removed: 0 };
  for (const { added, changed, removed } of Object.values(counts)) {
    total.added += added;
    total.changed += changed;
    total.removed += removed;
  }
  return total;
};
