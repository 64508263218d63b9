/** What every error of the product carries, so that a reader knows what to do next without a support case. */
export interface ErrorFacts {
  /** Stable, machine-readable, dotted: `source.certificate.changed`. */
  readonly code: string;
  /** What happened, in one sentence without a trailing full stop. */
  readonly what: string;
  /** The object it happened to: a source, a VM, a file, an option. */
  readonly subject: string;
  /** Why it happened, as far as it is known. */
  readonly why: string;
  /** What the reader can do next: a setting, a command, a person to ask. */
  readonly remedy: string;
  /** True where the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;
}

/**
 * Base of all errors that reach a person. Subclasses add their facts as fields and fix `code`.
 * The message is made from the facts, so that a log line alone is enough to act on.
 */
export class OpalError extends Error implements ErrorFacts {
  readonly code: string;
  readonly what: string;
  readonly subject: string;
  readonly why: string;
  readonly remedy: string;
  readonly retryable: boolean;

  constructor(facts: ErrorFacts, options?: ErrorOptions) {
    super(`${facts.what} (${facts.subject}): ${facts.why}. ${facts.remedy}`, options);
    this.name = new.target.name;
    this.code = facts.code;
    this.what = facts.what;
    this.subject = facts.subject;
    this.why = facts.why;
    this.remedy = facts.remedy;
    this.retryable = facts.retryable;
  }
}
