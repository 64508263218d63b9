import { OpalError } from '../../src/errors/opal-error.js';

/** A part of the lab could not be built, started or reached. */
export class LabError extends OpalError {
  constructor(
    facts: {
      readonly what: string;
      readonly subject: string;
      readonly why: string;
      readonly remedy: string;
    },
    options?: ErrorOptions,
  ) {
    super({ ...facts, code: 'lab.failed', retryable: false }, options);
  }
}
