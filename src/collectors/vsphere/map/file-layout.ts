import type { Fields } from './fields.js';

type Chain = readonly (readonly number[])[];

const chains = (owner: Fields): ReadonlyMap<number, Chain> =>
  new Map(
    owner.objects('disk').flatMap((disk) => {
      const key = disk.integer('key');
      const units = disk.objects('chain').map((unit) => unit.integers('fileKey'));
      return key === undefined ? [] : [[key, units] as const];
    }),
  );

interface SnapshotFiles {
  readonly memory: number | undefined;
  readonly data: number | undefined;
  readonly disks: ReadonlyMap<number, Chain>;
}

/** Sizes of the files of a machine, told apart by what they belong to. */
export class FileLayout {
  private readonly sizes = new Map<number, number>();
  private readonly disks: ReadonlyMap<number, Chain>;
  private readonly snapshots = new Map<string, SnapshotFiles>();
  private readonly isKnown: boolean;

  constructor(layout: Fields | undefined) {
    this.isKnown = layout !== undefined;
    for (const file of layout?.objects('file') ?? []) {
      const key = file.integer('key');
      const size = file.integer('size');
      if (key !== undefined && size !== undefined) this.sizes.set(key, size);
    }
    this.disks = layout === undefined ? new Map() : chains(layout);
    for (const snapshot of layout?.objects('snapshot') ?? []) {
      const id = snapshot.reference('key')?.value;
      if (id === undefined) continue;
      const fileKey = (name: string): number | undefined => {
        const key = snapshot.integer(name);
        return key === undefined || key < 0 ? undefined : key;
      };
      this.snapshots.set(id, {
        memory: fileKey('memoryKey'),
        data: fileKey('dataKey'),
        disks: chains(snapshot),
      });
    }
  }

  /** Size of a disk with all its deltas, in bytes. */
  bytesOfDisk(key: number): number | undefined {
    const chain = this.disks.get(key);
    return chain === undefined ? undefined : this.sum(chain.flat());
  }

  /** `undefined` where the source tells no layout. */
  hasMemory(snapshot: string): boolean | undefined {
    const files = this.snapshots.get(snapshot);
    return files === undefined ? undefined : files.memory !== undefined;
  }

  /**
   * Size of what a snapshot costs: its own files, and the deltas that were begun when it was taken.
   * Those stand in the chains of the snapshots after it, or of the machine where it is the last.
   *
   * @param children ids of the snapshots that were taken on top of it.
   */
  bytesOfSnapshot(id: string, children: readonly string[], isCurrent: boolean): number | undefined {
    const files = this.snapshots.get(id);
    if (!this.isKnown || files === undefined) return undefined;
    const after = children.flatMap((child) => this.snapshots.get(child)?.disks ?? []);
    const later = isCurrent ? [...after, this.disks] : after;
    const keys = [files.memory, files.data].filter((key) => key !== undefined);
    for (const disks of later) {
      for (const [disk, chain] of disks) {
        const before = new Set(files.disks.get(disk)?.flat() ?? []);
        const begun = chain.find((unit) => unit.some((key) => !before.has(key)));
        keys.push(...(begun ?? []));
      }
    }
    return this.sum(keys);
  }

  private sum(keys: readonly number[]): number {
    let bytes = 0;
    for (const key of new Set(keys)) bytes += this.sizes.get(key) ?? 0;
    return bytes;
  }
}
