import { OpalError, type ErrorFacts } from '../errors/opal-error.js';
import { ExitCode } from './exit-code.js';

/** An end of the command line, with the code that scripts see. */
export class CliError extends OpalError {
  readonly exitCode: ExitCode;

  constructor(
    facts: Omit<ErrorFacts, 'code' | 'retryable'> & {
      readonly code?: string;
      readonly retryable?: boolean;
    },
    exitCode: ExitCode = ExitCode.failed,
    options?: ErrorOptions,
  ) {
    super({ code: 'cli.failed', retryable: false, ...facts }, options);
    this.exitCode = exitCode;
  }
}
