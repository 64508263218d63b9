import type { Kind } from '../graph/model/index.js';

/** A value in a filter. Quantities are already in the unit that the property is stored in. */
export type Scalar = string | number | boolean;

/** Comparisons of one property with a value; what each may be used on depends on its type. */
export const Comparison = {
  equals: 'equals',
  notEquals: 'notEquals',
  less: 'less',
  lessOrEqual: 'lessOrEqual',
  greater: 'greater',
  greaterOrEqual: 'greaterOrEqual',
  /** Regular expression found anywhere in the text; anchors narrow it. */
  matches: 'matches',
  contains: 'contains',
  startsWith: 'startsWith',
  endsWith: 'endsWith',
} as const;
export type Comparison = (typeof Comparison)[keyof typeof Comparison];

/**
 * A path is a list of field names of the model: relationships first, a property last. Over a
 * relationship to many, a comparison means "at least one".
 */
export type Filter =
  | { readonly type: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly type: 'not'; readonly filter: Filter }
  | {
      readonly type: 'compare';
      readonly path: readonly string[];
      readonly comparison: Comparison;
      readonly value: Scalar;
      /** Compare texts without regard to case. */
      readonly ignoreCase?: boolean;
    }
  | {
      readonly type: 'oneOf';
      readonly path: readonly string[];
      readonly values: readonly Scalar[];
    }
  | {
      readonly type: 'between';
      readonly path: readonly string[];
      readonly low: Scalar;
      readonly high: Scalar;
    }
  /** True where the property is unknown, or the relationship leads nowhere. */
  | { readonly type: 'missing'; readonly path: readonly string[] }
  /** some / all / none of what a relationship leads to fulfils the filter. */
  | {
      readonly type: 'some' | 'all' | 'none';
      readonly path: readonly string[];
      readonly filter?: Filter;
    }
  /** An aggregate over what a relationship leads to, compared with a number. */
  | {
      readonly type: 'aggregate';
      readonly function: 'count' | 'sum' | 'avg' | 'min' | 'max';
      /** Relationships, and a property last unless the function counts. */
      readonly path: readonly string[];
      readonly filter?: Filter;
      readonly comparison: Comparison;
      readonly value: number;
    }
  /** The full-text index over names, addresses, notes and tags finds it. */
  | { readonly type: 'fullText'; readonly text: string };

export interface Order {
  readonly path: readonly string[];
  readonly direction: 'ascending' | 'descending';
}

/** What the text language and the typed filter of the API both become. */
export interface Search {
  readonly kind: Kind;
  readonly filter?: Filter;
  readonly orderBy: readonly Order[];
  readonly limit?: number;
  /** Columns that a report of the search shows, where it names some. */
  readonly columns?: readonly (readonly string[])[];
}

/** Version of this form; a saved search keeps the one it was made with. */
export const searchVersion = 1;
