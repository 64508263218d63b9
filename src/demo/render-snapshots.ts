import { estateTime } from './estate-time.js';
import { GiB, MiB, reference, type Body } from './inventory-value.js';
import type { MachineDraft, SnapshotDraft } from './machine-draft.js';

function treeOf(machine: MachineDraft, snapshot: SnapshotDraft, number: number): Body {
  return {
    snapshot: reference('VirtualMachineSnapshot', snapshot.id),
    vm: reference('VirtualMachine', machine.id),
    name: snapshot.name,
    description: snapshot.hasMemory ? 'with memory' : '',
    id: number,
    createTime: estateTime(snapshot.daysAgo),
    state: snapshot.hasMemory ? 'poweredOn' : 'poweredOff',
    quiesced: !snapshot.hasMemory,
    replaySupported: false,
    ...(snapshot.children.length === 0
      ? {}
      : {
          childSnapshotList: snapshot.children.map((child) => treeOf(machine, child, number + 1)),
        }),
  };
}

/** The last of the last branch: what the machine runs on now. */
function currentOf(snapshots: readonly SnapshotDraft[]): SnapshotDraft | undefined {
  const last = snapshots.at(-1);
  return last === undefined ? undefined : (currentOf(last.children) ?? last);
}

export function snapshotInfo(machine: MachineDraft): Body | undefined {
  const current = currentOf(machine.snapshots);
  if (current === undefined) return undefined;
  return {
    currentSnapshot: reference('VirtualMachineSnapshot', current.id),
    rootSnapshotList: machine.snapshots.map((snapshot) => treeOf(machine, snapshot, 1)),
  };
}

interface FileEntry {
  readonly key: number;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** Files of a machine, and which of them make up its disks and its snapshots. */
class Layout {
  readonly files: FileEntry[] = [];
  readonly snapshots: Body[] = [];

  add(name: string, type: string, size: number): number {
    const key = this.files.length;
    this.files.push({ key, name, type, size });
    return key;
  }
}

const deltaBytes = (days: number): number => 64 * MiB * (1 + Math.min(days, 400));

function addSnapshots(
  layout: Layout,
  machine: MachineDraft,
  snapshots: readonly SnapshotDraft[],
  chain: readonly number[],
): readonly number[] {
  const [disk] = machine.disks;
  let result = chain;
  for (const snapshot of snapshots) {
    const stem = `[${machine.cluster.datastores[0].name}] ${machine.id}/${snapshot.id}`;
    const dataKey = layout.add(`${stem}.vmsn`, 'snapshotData', 30_000);
    const memoryKey = snapshot.hasMemory
      ? layout.add(`${stem}.vmem`, 'snapshotMemory', machine.memoryMB * MiB)
      : -1;
    layout.snapshots.push({
      key: reference('VirtualMachineSnapshot', snapshot.id),
      dataKey,
      memoryKey,
      disk:
        disk === undefined
          ? []
          : [{ key: disk.key, chain: chain.map((key) => ({ fileKey: [key] })) }],
    });
    const delta = layout.add(`${stem}.vmdk`, 'diskExtent', deltaBytes(snapshot.daysAgo));
    result = addSnapshots(layout, machine, snapshot.children, [...chain, delta]);
  }
  return result;
}

export function fileLayout(machine: MachineDraft): Body {
  const layout = new Layout();
  const folder = `[${machine.cluster.datastores[0].name}] ${machine.id}`;
  layout.add(`${folder}/${machine.id}.vmx`, 'config', 4000);
  const chains = machine.disks.map((disk, place) => {
    const bytes = disk.capacityGiB * GiB;
    const base = layout.add(
      disk.file.replace(/\.vmdk$/u, '-flat.vmdk'),
      'diskExtent',
      disk.thin ? Math.floor(bytes * 0.4) : bytes,
    );
    const chain = place === 0 ? addSnapshots(layout, machine, machine.snapshots, [base]) : [base];
    return { key: disk.key, chain: chain.map((key) => ({ fileKey: [key] })) };
  });
  return {
    file: layout.files.map((file) => ({ ...file, uniqueSize: file.size, accessible: true })),
    disk: chains,
    snapshot: layout.snapshots,
    timestamp: estateTime(0),
  };
}
