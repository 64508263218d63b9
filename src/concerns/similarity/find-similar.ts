import type { Graph, RunOptions } from '../../graph/query/graph.js';
import { AnalysisError, boundedLimit } from '../analysis/analysis-error.js';
import { maskOf, selectedIds, type MachineSelection } from '../analysis/selection.js';
import { nameFeatures, type Feature } from './name-features.js';
import { profileOf, scoreMachines, type Profile, type ScoredMachine } from './score-machines.js';
import { similarityIndexOf, type SimilarityIndex } from './similarity-index.js';

export interface SimilarOptions extends RunOptions {
  /** Id of a machine, or ids of several whose common profile is looked for. */
  readonly to: string | readonly string[];
  /** Machines at most; 20 if left out, 500 at most. */
  readonly limit?: number;
  /** Only among these machines; all if left out. */
  readonly where?: MachineSelection;
}

export interface SimilarMachine {
  readonly id: string;
  readonly name: string;
  /** 0 to 1: the weight of what is shared over the weight of all that either has. */
  readonly score: number;
  /** What makes them alike, weightiest first. */
  readonly shared: readonly Feature[];
  /** What the other side has and this machine has not, weightiest first, ten at most. */
  readonly missing: readonly Feature[];
  /** What only this machine has, weightiest first, ten at most. */
  readonly additional: readonly Feature[];
}

const differencesShown = 10;
const machinesAtMost = 10_000;

function targetNumbers(index: SimilarityIndex, to: SimilarOptions['to']): number[] {
  const ids = typeof to === 'string' ? [to] : [...new Set(to)];
  const numbers = ids.flatMap((id) => index.machineNumbers.get(id) ?? []);
  if (numbers.length > 0 && ids.length <= machinesAtMost) return numbers;
  throw new AnalysisError({
    code: 'analysis.machine.unknown',
    what: 'There is nothing to compare with',
    subject: typeof to === 'string' ? to : `${ids.length} machines`,
    why:
      ids.length > machinesAtMost
        ? `at most ${machinesAtMost} machines can be compared with at once`
        : 'no such machine has been evaluated',
    remedy: 'Take ids of machines of a source whose concerns were evaluated',
    retryable: false,
  });
}

/** A machine with the numbers of the features that make and break its likeness. */
interface Comparison extends ScoredMachine {
  readonly shared: readonly number[];
  readonly missing: readonly number[];
  readonly additional: readonly number[];
}

function compare(index: SimilarityIndex, profile: Profile, scored: ScoredMachine): Comparison {
  const weightiest = (a: number, b: number): number =>
    (index.weights[b] ?? 0) - (index.weights[a] ?? 0) || a - b;
  const own = new Set(index.featuresOfMachine.row(scored.machine));
  const wanted = [...profile.weights.keys()];
  return {
    ...scored,
    shared: wanted.filter((feature) => own.has(feature)).sort(weightiest),
    missing: wanted
      .filter((feature) => !own.has(feature))
      .sort(weightiest)
      .slice(0, differencesShown),
    additional: [...own]
      .filter((feature) => (index.weights[feature] ?? 0) > 0 && !profile.weights.has(feature))
      .sort(weightiest)
      .slice(0, differencesShown),
  };
}

/**
 * The machines most like one machine, or like what several have in common, as of the last
 * evaluation: by concerns and their causes, operating system, hardware, networks, storage, cluster
 * and tags, each weighted by its rarity. The machines compared with are not in the answer.
 *
 * @throws AnalysisError where none of the machines was evaluated, or for a limit out of range.
 */
export async function findSimilar(
  graph: Graph,
  options: SimilarOptions,
): Promise<readonly SimilarMachine[]> {
  const limit = boundedLimit(options.limit ?? 20, 500);
  const ids = await selectedIds(graph, options.where, options);
  const index = await similarityIndexOf(graph);
  const targets = targetNumbers(index, options.to);
  const candidates = maskOf(index.machineNumbers, ids);
  for (const target of targets) candidates[target] = 0;
  const profile = profileOf(index, targets);
  const found = scoreMachines(index, profile, candidates, limit).map((scored) =>
    compare(index, profile, scored),
  );
  const machines = found.map(({ machine }) => index.machines[machine] ?? '');
  const features = found.flatMap(({ shared, missing, additional }) => [
    ...shared,
    ...missing,
    ...additional,
  ]);
  const { feature, machineName } = await nameFeatures(graph, index, features, machines, options);
  return found.map(({ score, shared, missing, additional }, place) => ({
    id: machines[place] ?? '',
    name: machineName(machines[place] ?? ''),
    score,
    shared: shared.map(feature),
    missing: missing.map(feature),
    additional: additional.map(feature),
  }));
}
