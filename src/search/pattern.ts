import type { Hop } from './path.js';
import type { Parameters } from './parameters.js';

/** A chain of relationships as Cypher, with the variables along it and the one at its end. */
export interface Pattern {
  readonly text: string;
  readonly end: string;
  /** One for each hop. */
  readonly variables: readonly string[];
}

/** The pattern that leads from a bound variable over the hops. All names come from the model. */
export const pattern = (start: string, hops: readonly Hop[], parameters: Parameters): Pattern => {
  let text = `(${start})`;
  const variables: string[] = [];
  for (const hop of hops) {
    const end = parameters.variable();
    variables.push(end);
    const arrow = `[:${hop.relation.relationship}]`;
    const edge = hop.relation.direction === 'out' ? `-${arrow}->` : `<-${arrow}-`;
    text += `${edge}(${end}:${hop.kinds.join('|')})`;
  }
  return { text, end: variables.at(-1) ?? start, variables };
};
