import type { Graph } from '../../graph/query/graph.js';
import { featuresAfter } from '../analysis/analysis-queries.js';
import { Incidence } from '../analysis/incidence.js';
import { Numbering } from '../analysis/numbering.js';
import { cachePerGraph, type RevisionReader } from '../analysis/revision-cache.js';
import { featureParts, featuresOf, featureWeights } from './feature.js';

/** An inverted index over the features of all evaluated machines. */
export interface SimilarityIndex {
  readonly machines: readonly string[];
  readonly machineNumbers: ReadonlyMap<string, number>;
  readonly features: Numbering;
  /** Features of each machine. */
  readonly featuresOfMachine: Incidence;
  /** Machines of each feature. */
  readonly postings: Incidence;
  /** Weight of each feature; 0 where fewer than two machines have it. */
  readonly weights: Float64Array;
  /** Sum of the weights of each machine's features. */
  readonly totals: Float64Array;
}

/**
 * What its group counts, times the inverse document frequency ln(1 + N / df): a feature that all
 * have says little. One that a single machine has cannot be shared and would only hide what is.
 */
function weigh(features: Numbering, postings: Incidence, machines: number): Float64Array {
  return Float64Array.from({ length: features.size }, (_, feature) => {
    const frequency = postings.count(feature);
    if (frequency < 2) return 0;
    const { group } = featureParts(features.textOf(feature));
    return featureWeights[group] * Math.log(1 + machines / frequency);
  });
}

class FeatureReader implements RevisionReader<Int32Array, SimilarityIndex> {
  private readonly features = new Numbering();

  async *read(graph: Graph, after: number): AsyncGenerator<readonly [string, Int32Array]> {
    for await (const { id, ...row } of graph.stream(featuresAfter, { after })) {
      yield [id, Int32Array.from(featuresOf(row), (key) => this.features.numberOf(key))];
    }
  }

  build(entries: ReadonlyMap<string, Int32Array>): SimilarityIndex {
    const { features } = this;
    const machines = [...entries.keys()].sort();
    const featuresOfMachine = Incidence.fromRows(machines.map((id) => entries.get(id) ?? []));
    const postings = featuresOfMachine.transposed(features.size);
    const weights = weigh(features, postings, machines.length);
    const totals = Float64Array.from(machines, (_, machine) => {
      let total = 0;
      for (const feature of featuresOfMachine.row(machine)) total += weights[feature] ?? 0;
      return total;
    });
    const machineNumbers = new Map(machines.map((id, number) => [id, number]));
    return { machines, machineNumbers, features, featuresOfMachine, postings, weights, totals };
  }
}

/** The index over a graph, as of the last evaluation. */
export const similarityIndexOf = cachePerGraph(() => new FeatureReader());
