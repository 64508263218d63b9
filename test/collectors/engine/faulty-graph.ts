import type { Graph } from '../../../src/graph/index.js';
import { GraphError, GraphMemoryError } from '../../../src/graph/index.js';

const facts = {
  what: 'A fault that the test put in',
  subject: 'the graph',
  why: 'the test asked for it',
  remedy: 'None',
  retryable: false,
};

/** The real graph, with transactions that go wrong in the ways of `fault`. */
export function faultyGraph(
  graph: Graph,
  fault: (transaction: number) => 'none' | 'lostAnswer' | 'lostBefore' | 'memory',
): Graph {
  let transactions = 0;
  const transaction: Graph['transaction'] = async (work, options) => {
    const kind = fault(transactions++);
    if (kind === 'memory')
      throw new GraphMemoryError({ ...facts, code: 'graph.transaction.memory' });
    const uncertain = new GraphError({ ...facts, code: 'graph.commit.uncertain' });
    if (kind === 'lostBefore') throw uncertain;
    const result = await graph.transaction(work, options);
    if (kind === 'lostAnswer') throw uncertain;
    return result;
  };
  return new Proxy(graph, {
    get(target, name) {
      if (name === 'transaction') return transaction;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
