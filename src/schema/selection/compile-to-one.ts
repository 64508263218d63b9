import type { FieldNode } from 'graphql';
import type { Compilation, CompiledValue } from './compilation.js';
import { traversalPattern, type Traversal } from './traversal.js';

/** What a relationship to one leads to, or null. */
export const compileToOne = (
  compilation: Compilation,
  variable: string,
  traversal: Traversal,
  nodes: readonly FieldNode[],
): CompiledValue => {
  const end = compilation.parameters.variable();
  const pattern = traversalPattern(variable, traversal, '', end);
  const node = compilation.node(traversal.targets, end, nodes);
  if (!traversal.single) {
    const body = [`MATCH ${pattern}`, ...node.matches, `RETURN ${node.text} LIMIT 1`].join(' ');
    return { matches: [], text: `head(COLLECT { ${body} })`, decode: node.decode };
  }
  // Cheaper than a subquery a row, and as right where at most one can be there.
  return {
    matches: [`OPTIONAL MATCH ${pattern}`, ...node.matches],
    text: `CASE WHEN ${end} IS NULL THEN null ELSE ${node.text} END`,
    decode: node.decode,
  };
};
