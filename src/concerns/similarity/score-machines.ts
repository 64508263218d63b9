import { MaxHeap } from '../analysis/max-heap.js';
import type { SimilarityIndex } from './similarity-index.js';

/** What others are compared with: the weight of each feature, by its number. */
export interface Profile {
  readonly weights: ReadonlyMap<number, number>;
  readonly total: number;
}

/**
 * The profile of one or more machines. A feature counts by the share of them that have it, so
 * that for a single machine it is the machine itself.
 */
export function profileOf(index: SimilarityIndex, machines: readonly number[]): Profile {
  const weights = new Map<number, number>();
  for (const machine of machines) {
    for (const feature of index.featuresOfMachine.row(machine)) {
      const weight = (index.weights[feature] ?? 0) / machines.length;
      if (weight > 0) weights.set(feature, (weights.get(feature) ?? 0) + weight);
    }
  }
  let total = 0;
  for (const weight of weights.values()) total += weight;
  return { weights, total };
}

export interface ScoredMachine {
  readonly machine: number;
  /** 0 to 1. */
  readonly score: number;
}

/** Weight that each machine has in common with the profile. */
function commonWeights({ machines, postings }: SimilarityIndex, profile: Profile): Float64Array {
  const common = new Float64Array(machines.length);
  for (const [feature, weight] of profile.weights) {
    for (const machine of postings.row(feature)) {
      common[machine] = (common[machine] ?? 0) + weight;
    }
  }
  return common;
}

/**
 * The machines most like a profile by weighted Jaccard: the sum of the smaller weights over the
 * sum of the greater ones. Best first, ties by the machine's number.
 *
 * @param candidates 1 for each machine that may be in the answer.
 */
export function scoreMachines(
  index: SimilarityIndex,
  profile: Profile,
  candidates: Uint8Array,
  limit: number,
): ScoredMachine[] {
  const common = commonWeights(index, profile);
  // The worst of the best so far comes first, so that it can be given up for a better one.
  const best = new MaxHeap<ScoredMachine>((a, b) => b.score - a.score || a.machine - b.machine);
  let size = 0;
  let worst = 0;
  for (let machine = 0; machine < common.length; machine++) {
    const shared = common[machine] ?? 0;
    if (shared === 0 || candidates[machine] === 0) continue;
    const score = Math.min(1, shared / (profile.total + (index.totals[machine] ?? 0) - shared));
    if (size === limit && score <= worst) continue;
    best.push({ machine, score });
    if (size < limit) {
      size++;
    } else {
      best.pop();
    }
    if (size === limit) worst = best.peek()?.score ?? 0;
  }
  const found: ScoredMachine[] = [];
  for (let next = best.pop(); next !== undefined; next = best.pop()) found.push(next);
  return found.reverse();
}
