import type { Comparison } from '../ast.js';

/** A stretch of the text that was parsed. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

export interface NameSyntax extends Span {
  readonly name: string;
}

/** A path of names as written; `[*]` after a relationship is allowed and says nothing new. */
export interface PathSyntax {
  readonly names: readonly NameSyntax[];
}

/** A value as written; a number keeps whether it had a suffix such as Gi, and so counts bytes. */
export interface ValueSyntax extends Span {
  readonly value: string | number | boolean | null;
  readonly suffixed: boolean;
  /** A stretch of time such as `90 days`. */
  readonly duration?: boolean;
}

/** What the parser makes of a text, before names are looked up in the model. */
export type ExpressionSyntax =
  | { readonly type: 'and' | 'or'; readonly parts: readonly ExpressionSyntax[] }
  | { readonly type: 'not'; readonly part: ExpressionSyntax }
  | { readonly type: 'path'; readonly path: PathSyntax }
  | {
      readonly type: 'compare';
      readonly path: PathSyntax;
      readonly comparison: Comparison;
      readonly ignoreCase: boolean;
      readonly value: ValueSyntax;
    }
  /** Longer ago, or less long ago, than a stretch of time. */
  | {
      readonly type: 'age';
      readonly path: PathSyntax;
      readonly comparison: Extract<Comparison, 'less' | 'greater'>;
      readonly value: ValueSyntax;
    }
  | {
      readonly type: 'like';
      readonly path: PathSyntax;
      readonly ignoreCase: boolean;
      readonly value: ValueSyntax;
    }
  | { readonly type: 'oneOf'; readonly path: PathSyntax; readonly values: readonly ValueSyntax[] }
  | {
      readonly type: 'between';
      readonly path: PathSyntax;
      readonly low: ValueSyntax;
      readonly high: ValueSyntax;
    }
  | { readonly type: 'missing'; readonly path: PathSyntax }
  | {
      readonly type: 'quantified';
      readonly quantifier: 'some' | 'all' | 'none';
      readonly over: ExpressionSyntax;
      readonly filter: ExpressionSyntax | undefined;
      readonly span: Span;
    }
  | {
      readonly type: 'aggregate';
      readonly function: 'count' | 'sum' | 'avg' | 'min' | 'max';
      readonly path: PathSyntax;
      readonly filter: ExpressionSyntax | undefined;
      readonly comparison: Comparison;
      readonly value: ValueSyntax;
    }
  | { readonly type: 'fullText'; readonly value: ValueSyntax };

export interface OrderSyntax {
  readonly path: PathSyntax;
  readonly direction: 'ascending' | 'descending';
}

export interface SearchSyntax {
  readonly kind: NameSyntax | undefined;
  readonly columns: readonly PathSyntax[];
  readonly filter: ExpressionSyntax | undefined;
  readonly orderBy: readonly OrderSyntax[];
  readonly limit: ValueSyntax | undefined;
}
