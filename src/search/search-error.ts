import { OpalError } from '../errors/opal-error.js';

/** Where in the text an error is: `offset` counts from 0, line and column from 1. */
export interface TextPosition {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** The place of `offset` in a text of several lines. */
export const positionAt = (text: string, offset: number, length: number): TextPosition => {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { offset, line: before.split('\n').length, column: offset - lineStart + 1, length };
};

/** A search that cannot be understood or may not be run as it stands. */
export class SearchError extends OpalError {
  readonly position: TextPosition | undefined;
  /** What was probably meant, where something close exists. */
  readonly suggestion: string | undefined;

  constructor(facts: {
    readonly what: string;
    readonly subject: string;
    readonly why: string;
    readonly remedy: string;
    readonly position?: TextPosition | undefined;
    readonly suggestion?: string | undefined;
  }) {
    super({ code: 'search.invalid', retryable: false, ...facts });
    this.position = facts.position;
    this.suggestion = facts.suggestion;
  }
}
