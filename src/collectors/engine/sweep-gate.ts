import { isEntityKind, type EntityKind } from '../../graph/index.js';
import type { ProofOfCompleteness } from '../contract.js';

/** A kind may lose this share of its live objects without anybody being asked. */
const shareAllowed = 0.2;
/** Losses up to this number are never asked about, unless nothing would be left. */
const numberAllowed = 10;

export interface KindEvidence {
  readonly kind: EntityKind;
  /** Live in the graph before the sweep, those new in this sync included. */
  readonly live: number;
  /** Seen in this sync. */
  readonly seen: number;
}

export interface SweepEvidence {
  readonly sync: number;
  readonly proof: ProofOfCompleteness;
  readonly kinds: readonly KindEvidence[];
  /** A person has looked at the removals of this source and wants them. */
  readonly confirmed: boolean;
}

export interface HeldKind {
  readonly kind: EntityKind;
  readonly reason: 'largeRemoval' | 'countsDiffer';
  readonly live: number;
  readonly seen: number;
  /** Objects the source said it has. */
  readonly said: number;
}

const permits = new WeakSet<SweepPermit>();

/** What a sweep demands. Only {@link decideSweep} gives one out. */
export interface SweepPermit {
  readonly sync: number;
  readonly kinds: readonly EntityKind[];
}

export interface SweepDecision {
  readonly permit: SweepPermit | undefined;
  /** Kinds whose removals are not believed yet, with the figures. */
  readonly held: readonly HeldKind[];
}

function isLargeRemoval({ live, seen }: KindEvidence): boolean {
  const lost = live - seen;
  if (lost <= 0) return false;
  return seen === 0 || (lost > numberAllowed && lost > live * shareAllowed);
}

function judge(evidence: KindEvidence, said: number, confirmed: boolean): HeldKind | undefined {
  const { kind, live, seen } = evidence;
  if (said !== seen) return { kind, reason: 'countsDiffer', live, seen, said };
  if (!confirmed && isLargeRemoval(evidence)) {
    return { kind, reason: 'largeRemoval', live, seen, said };
  }
  return undefined;
}

/**
 * The one gate before anything is removed because a full read did not show it. It opens only for
 * kinds that the collector proved to have read whole, in this sync, with counts that agree. A page
 * that fails for good ends the read, so that there is no proof. One large removal that nobody confirmed keeps it shut for all kinds.
 */
export function decideSweep(evidence: SweepEvidence): SweepDecision {
  const { sync, proof, confirmed } = evidence;
  const proven = evidence.kinds.filter(
    ({ kind }) => isEntityKind(kind) && proof.counts[kind] !== undefined,
  );
  const held = proven.flatMap(
    (kind) => judge(kind, proof.counts[kind.kind] ?? -1, confirmed) ?? [],
  );
  if (held.some(({ reason }) => reason === 'largeRemoval')) {
    return { permit: undefined, held };
  }
  const heldKinds = new Set(held.map(({ kind }) => kind));
  const kinds = proven.map(({ kind }) => kind).filter((kind) => !heldKinds.has(kind));
  const permit: SweepPermit = Object.freeze({ sync, kinds });
  permits.add(permit);
  return { permit, held };
}

/** @throws TypeError for a permit that did not come out of the gate, or is for another sync. */
export function checkPermit(permit: SweepPermit, sync: number): void {
  if (!permits.has(permit) || permit.sync !== sync) {
    throw new TypeError('a sweep needs the permit that decideSweep gave out for the same sync');
  }
}
