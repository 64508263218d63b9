import type { SnapshotDraft } from './machine-draft.js';
import type { Random } from './random.js';

const names: readonly [string, ...string[]] = [
  'before patch',
  'VEEAM BACKUP TEMPORARY SNAPSHOT',
  'clean install',
  'test – delete me!',
  'vor dem Update',
  'snap%2f2021',
];

/** A chain of one to four snapshots, sometimes with a branch, from days to years old. */
export function snapshotTree(machine: string, random: Random): readonly SnapshotDraft[] {
  const oldest = random.weighted([
    [5, random.integer(1, 20)],
    [3, random.integer(60, 300)],
    [1, random.integer(700, 2400)],
  ]);
  const number = machine.replace('vm-', '');
  let count = 0;
  const grow = (daysAgo: number, left: number): SnapshotDraft => {
    count += 1;
    const id = `snapshot-${number}${count}`;
    const younger = Math.max(0, daysAgo - random.integer(1, 1 + Math.ceil(daysAgo / 3)));
    const name = random.pick(names);
    const hasMemory = random.chance(0.3);
    const children = left <= 1 ? [] : [grow(younger, left - 1)];
    if (left === 3 && random.chance(0.5)) children.push(grow(younger, 1));
    return { id, name, daysAgo, hasMemory, children };
  };
  return [grow(oldest, random.integer(1, 4))];
}
