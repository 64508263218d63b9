/** What one request may ask for. */
export interface RequestLimits {
  /** Levels of nesting. */
  readonly depth: number;
  /** Fields, each times the page sizes above it. */
  readonly cost: number;
  /** Aliases, and fields that are named again beside themselves. */
  readonly aliases: number;
  readonly directives: number;
}

/** Directives are few in honest requests; the number is not worth an option. */
export const mostDirectives = 50;

/** Tokens of a request's text, refused by the parser before anything else looks at it. */
export const mostTokens = 5_000;
