import { OpalError } from '../errors/opal-error.js';
import { redactText } from '../telemetry/logger.js';

const maximumLength = 2_000;

/** One line about any thrown value, fit for a record: no secrets from URLs or headers, bounded. */
export function describeError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return redactText(text).slice(0, maximumLength);
}

/** The facts of an error as they are kept with a step and shown to people. */
export interface RecordedError {
  readonly code: string;
  readonly what: string;
  readonly subject: string;
  readonly why: string;
  readonly remedy: string;
}

export function recordedError(error: unknown, subject: string): RecordedError {
  if (error instanceof OpalError) {
    const { code, what, why, remedy } = error;
    return { code, what, subject: error.subject, why: redactText(why), remedy };
  }
  return {
    code: 'migration.unexpected',
    what: 'Something unexpected happened',
    subject,
    why: describeError(error),
    remedy: 'Retry the machine; if it happens again, look at the log of the worker',
  };
}
