import { OpalError } from '../../errors/opal-error.js';
import type { Configuration } from '../configuration/index.js';

/** What one check found. `why` and `remedy` are empty where all is well. */
export interface DoctorFinding {
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
}

/** One check. It may find several things, or none where it does not apply. */
export interface DoctorCheck {
  /** Short name in the list: `java`, `disk space`. */
  readonly name: string;
  readonly run: (context: DoctorContext) => Promise<readonly DoctorFinding[]>;
}

export interface DoctorContext {
  readonly configuration: Configuration;
  readonly environment: NodeJS.ProcessEnv;
}

export function ok(check: string, what: string): DoctorFinding {
  return { check, status: 'ok', what, why: '', remedy: '' };
}

export function problem(
  check: string,
  status: 'warning' | 'failed',
  what: string,
  why: string,
  remedy: string,
): DoctorFinding {
  return { check, status, what, why, remedy };
}

/** An error of ours carries all that a finding needs. */
export function findingFrom(check: string, error: unknown): DoctorFinding {
  if (error instanceof OpalError) {
    const { what, subject, why, remedy } = error;
    return { check, status: 'failed', what: `${what} (${subject})`, why, remedy };
  }
  const why = error instanceof Error ? error.message : String(error);
  return { check, status: 'failed', what: 'The check could not be made', why, remedy: '' };
}
