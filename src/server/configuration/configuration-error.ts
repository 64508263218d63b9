import { OpalError } from '../../errors/opal-error.js';

/** One option that cannot be used as it was given. */
export interface ConfigurationProblem {
  /** The variable or flag as the reader wrote it. */
  readonly name: string;
  readonly why: string;
  readonly remedy: string;
}

/** Options that are unknown, malformed or contradict each other: all of them at once. */
export class ConfigurationError extends OpalError {
  constructor(readonly problems: readonly ConfigurationProblem[]) {
    super({
      code: 'configuration.refused',
      what: 'The configuration cannot be used',
      subject: problems.map(({ name }) => name).join(', '),
      why: problems.map(({ name, why, remedy }) => `${name} ${why}: ${remedy}`).join('; '),
      remedy: 'All options are listed by --help and in docs/configuration.md',
      retryable: false,
    });
  }
}
