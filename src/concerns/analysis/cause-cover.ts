import type { Incidence } from './incidence.js';
import { MaxHeap } from './max-heap.js';

/** A cause in the order in which fixing pays best. All numbers are exact. */
export interface CoverStep {
  readonly cause: number;
  /** Machines that it holds. */
  readonly holds: number;
  /** Machines that nothing else holds: fixing it alone frees them. */
  readonly freesAlone: number;
  /** Machines that it frees once the causes before it are fixed. */
  readonly frees: number;
  /** Machines that are free after this step. */
  readonly freesCumulative: number;
}

interface Candidate {
  readonly cause: number;
  readonly frees: number;
}

/**
 * Greedy cover, step by step: the cause that frees most machines given those before it. A machine
 * is free when all of its causes are fixed, so a gain grows while other causes are fixed, and
 * never shrinks before its own cause is: a candidate is put into the heap again whenever its gain
 * grew, and older entries of it are skipped.
 *
 * Where no single cause frees a machine, as when each is held by two, the cause that holds most of
 * the machines that are still held goes next: it brings most machines one step nearer. Its holders
 * are all still held, so that number is the same at every step. What is still equal is put in the
 * order that the caller gives, so that the same estate always has the same ranking.
 */
class GreedyCover {
  /** Causes of each machine that are not fixed yet. */
  private readonly remaining: Int32Array;
  /** Machines of each cause that only it still holds. */
  private readonly gain: Int32Array;
  private readonly fixed: Uint8Array;
  private readonly heap: MaxHeap<Candidate>;

  constructor(
    private readonly held: Incidence,
    private readonly holders: Incidence,
    order: (a: number, b: number) => number,
  ) {
    this.remaining = Int32Array.from({ length: held.rows }, (_, machine) => held.count(machine));
    this.gain = new Int32Array(holders.rows);
    this.fixed = new Uint8Array(holders.rows);
    this.heap = new MaxHeap<Candidate>(
      (a, b) =>
        a.frees - b.frees ||
        holders.count(a.cause) - holders.count(b.cause) ||
        order(b.cause, a.cause),
    );
    for (let machine = 0; machine < held.rows; machine++) {
      if (this.remaining[machine] === 1) this.credit(machine);
    }
    for (let cause = 0; cause < holders.rows; cause++) {
      if (holders.count(cause) > 0) this.heap.push({ cause, frees: this.gain[cause] ?? 0 });
    }
  }

  gains(): Int32Array {
    return this.gain.slice();
  }

  next(): Candidate | undefined {
    for (;;) {
      const best = this.heap.pop();
      if (best === undefined) return undefined;
      if (this.fixed[best.cause] === 1 || best.frees !== this.gain[best.cause]) continue;
      this.fix(best.cause);
      return best;
    }
  }

  private fix(cause: number): void {
    this.fixed[cause] = 1;
    for (const machine of this.holders.row(cause)) {
      const left = (this.remaining[machine] ?? 0) - 1;
      this.remaining[machine] = left;
      if (left !== 1) continue;
      const last = this.credit(machine);
      if (last !== undefined) this.heap.push({ cause: last, frees: this.gain[last] ?? 0 });
    }
  }

  /** Counts a machine for the one cause that still holds it. */
  private credit(machine: number): number | undefined {
    const last = this.held.row(machine).find((cause) => this.fixed[cause] === 0);
    if (last !== undefined) this.gain[last] = (this.gain[last] ?? 0) + 1;
    return last;
  }
}

/**
 * Ranks causes by what fixing them frees.
 *
 * @param held causes of each machine; machines without one take no part.
 * @param causeCount number of causes there are.
 * @param limit steps at most.
 * @param order which of two equal causes comes first, as for `sort`; the smaller number if left out.
 */
export function coverCauses(
  held: Incidence,
  causeCount: number,
  limit: number,
  order: (a: number, b: number) => number = (a, b) => a - b,
): CoverStep[] {
  const holders = held.transposed(causeCount);
  const cover = new GreedyCover(held, holders, order);
  const alone = cover.gains();
  const steps: CoverStep[] = [];
  let freesCumulative = 0;
  while (steps.length < limit) {
    const best = cover.next();
    if (best === undefined) break;
    freesCumulative += best.frees;
    steps.push({
      cause: best.cause,
      holds: holders.count(best.cause),
      freesAlone: alone[best.cause] ?? 0,
      frees: best.frees,
      freesCumulative,
    });
  }
  return steps;
}
