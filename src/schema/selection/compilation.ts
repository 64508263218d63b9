import type { FieldNode } from 'graphql';
import type { Kind } from '../../graph/index.js';
import type { Parameters } from '../../search/index.js';
import type { RequestDocument } from './selected-fields.js';

/** Everything that one compilation shares. */
export interface Compilation {
  readonly document: RequestDocument;
  readonly parameters: Parameters;
  readonly largestPage: number;
  /**
   * What is selected of a node as one Cypher value, with everything below it. `nodes` are the
   * mentions of the field whose value it is.
   */
  readonly node: (
    kinds: readonly Kind[],
    variable: string,
    nodes: readonly FieldNode[],
  ) => CompiledValue;
}

/** Turns what the database gave into what the answer holds. */
export type Decode = (value: unknown) => unknown;

/** A part of a query: a value, what has to be matched before it, and how to read it. */
export interface CompiledValue {
  readonly matches: readonly string[];
  readonly text: string;
  readonly decode: Decode;
}
