import { record, to, type AnyRecord } from '../../../graph/model/index.js';
import { decodedName } from '../inventory-name.js';
import { known } from './edges.js';
import type { Fields } from './fields.js';
import type { FileLayout } from './file-layout.js';
import type { Machine } from './machine.js';

/** vSphere stops at 32 in a chain; a circle or a crafted tree ends here. */
const deepest = 100;

interface Placed {
  readonly tree: Fields;
  readonly id: string;
  readonly parent: string | undefined;
  readonly depth: number;
  readonly children: readonly Fields[];
}

const idOf = (tree: Fields): string | undefined => tree.reference('snapshot')?.value;

function placed(
  trees: readonly Fields[],
  parent: string | undefined,
  depth: number,
): readonly Placed[] {
  if (depth > deepest) return [];
  return trees.flatMap((tree) => {
    const id = idOf(tree);
    if (id === undefined) return [];
    const children = tree.objects('childSnapshotList');
    return [{ tree, id, parent, depth, children }, ...placed(children, id, depth + 1)];
  });
}

/** The snapshot tree of a machine. */
export function mapSnapshots(machine: Machine, layout: FileLayout): AnyRecord[] {
  const info = machine.fields.part('snapshot');
  const current = info.reference('currentSnapshot')?.value;
  const all = placed(info.objects('rootSnapshotList'), undefined, 0);
  return all.map(({ tree, id, parent, depth, children }) =>
    record(
      'Snapshot',
      id,
      decodedName(tree.filled('name') ?? id),
      {
        description: tree.filled('description'),
        createdAt: tree.moment('createTime'),
        powerState: tree.filled('state'),
        quiesced: tree.flag('quiesced'),
        depth,
        current: id === current,
        sizeBytes: layout.bytesOfSnapshot(
          id,
          children.flatMap((child) => idOf(child) ?? []),
          id === current,
        ),
        hasMemory: layout.hasMemory(id),
      },
      known({
        machine: machine.self,
        parent: parent === undefined ? undefined : to('Snapshot', parent),
      }),
    ),
  );
}
