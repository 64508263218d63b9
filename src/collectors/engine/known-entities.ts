import { entityKinds, type EntityKind } from '../../graph/index.js';
import { keyOf } from './text-key.js';

/** What the engine has to do with a record, as far as memory can tell. */
export type Standing = 'new' | 'unchanged' | 'changed' | 'removed';

const seenBit = 0x80;
const removedBit = 0x40;
const kindMask = 0x3f;
const fullest = 0.6;

/**
 * All entities of one source, by 64 bits of their id and 64 bits of their hash: 17 bytes each, so
 * that a million fits beside everything else, and a record is compared without asking the database.
 */
export class KnownEntities {
  private size = 0;
  private capacity = 1 << 12;
  private keys = new Uint32Array(this.capacity * 2);
  private hashes = new Uint32Array(this.capacity * 2);
  private flags = new Uint8Array(this.capacity);
  private readonly live = new Uint32Array(entityKinds.length);
  private readonly seenLive = new Uint32Array(entityKinds.length);

  /** Number of entities, tombstones among them. */
  get count(): number {
    return this.size;
  }

  /** Live entities of a kind: those loaded and those put since, less those removed. */
  liveOf(kind: EntityKind): number {
    return this.live[kindIndex(kind)] ?? 0;
  }

  /** Entities of a kind that this read has seen, each counted once. */
  seenOf(kind: EntityKind): number {
    return this.seenLive[kindIndex(kind)] ?? 0;
  }

  has(id: string): boolean {
    return this.find(id).found;
  }

  /** False for a tombstone, too. */
  isLive(id: string): boolean {
    const { slot, found } = this.find(id);
    return found && ((this.flags[slot] ?? 0) & removedBit) === 0;
  }

  wasSeen(id: string): boolean {
    const { slot, found } = this.find(id);
    return found && ((this.flags[slot] ?? 0) & seenBit) !== 0;
  }

  standing(id: string, hash: string): Standing {
    const { slot, found } = this.find(id);
    if (!found) return 'new';
    if (((this.flags[slot] ?? 0) & removedBit) !== 0) return 'removed';
    const { low, high } = keyOf(hash);
    const same = this.hashes[slot * 2] === low && this.hashes[slot * 2 + 1] === high;
    return same ? 'unchanged' : 'changed';
  }

  /** An entity as the database has it before the read. */
  load(id: string, kind: EntityKind, hash: string, removed: boolean): void {
    const slot = this.write(id, kind, hash, removed ? removedBit : 0);
    if (!removed && slot.fresh) this.count1(this.live, kind, 1);
  }

  /** An entity as the source just showed it. */
  see(id: string, kind: EntityKind, hash: string): void {
    const { before } = this.write(id, kind, hash, seenBit);
    const wasLive = before !== undefined && (before & removedBit) === 0;
    if (!wasLive) this.count1(this.live, kind, 1);
    if (before === undefined || (before & seenBit) === 0) this.count1(this.seenLive, kind, 1);
  }

  remove(id: string, kind: EntityKind): void {
    const { slot, found } = this.find(id);
    const before = this.flags[slot] ?? 0;
    if (!found || (before & removedBit) !== 0) return;
    this.flags[slot] = kindIndex(kind) | removedBit;
    this.count1(this.live, kind, -1);
    if ((before & seenBit) !== 0) this.count1(this.seenLive, kind, -1);
  }

  private count1(counts: Uint32Array, kind: EntityKind, by: 1 | -1): void {
    const index = kindIndex(kind);
    counts[index] = (counts[index] ?? 0) + by;
  }

  private write(
    id: string,
    kind: EntityKind,
    hash: string,
    flags: number,
  ): { fresh: boolean; before: number | undefined } {
    if (this.size >= this.capacity * fullest) this.grow();
    const { slot, found, low, high } = this.find(id);
    const before = found ? this.flags[slot] : undefined;
    if (!found) {
      this.keys[slot * 2] = low;
      this.keys[slot * 2 + 1] = high;
      this.size += 1;
    }
    const hashed = keyOf(hash);
    this.hashes[slot * 2] = hashed.low;
    this.hashes[slot * 2 + 1] = hashed.high;
    this.flags[slot] = (kindIndex(kind) & kindMask) | flags;
    return { fresh: !found, before };
  }

  private find(id: string): { slot: number; found: boolean; low: number; high: number } {
    const { low, high } = keyOf(id);
    const mask = this.capacity - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const storedLow = this.keys[slot * 2];
      const storedHigh = this.keys[slot * 2 + 1];
      if (storedLow === 0 && storedHigh === 0) return { slot, found: false, low, high };
      if (storedLow === low && storedHigh === high) return { slot, found: true, low, high };
    }
  }

  private grow(): void {
    const { keys, hashes, flags, capacity } = this;
    this.capacity *= 2;
    this.keys = new Uint32Array(this.capacity * 2);
    this.hashes = new Uint32Array(this.capacity * 2);
    this.flags = new Uint8Array(this.capacity);
    const mask = this.capacity - 1;
    for (let old = 0; old < capacity; old++) {
      const low = keys[old * 2] ?? 0;
      const high = keys[old * 2 + 1] ?? 0;
      if (low === 0 && high === 0) continue;
      let slot = low & mask;
      while (this.keys[slot * 2] !== 0 || this.keys[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
      this.keys.set([low, high], slot * 2);
      this.hashes.set(hashes.subarray(old * 2, old * 2 + 2), slot * 2);
      this.flags[slot] = flags[old] ?? 0;
    }
  }
}

const indexes: ReadonlyMap<EntityKind, number> = new Map(
  entityKinds.map((kind, index) => [kind, index]),
);

function kindIndex(kind: EntityKind): number {
  return indexes.get(kind) ?? 0;
}
