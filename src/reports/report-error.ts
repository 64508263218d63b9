import { OpalError, type ErrorFacts } from '../errors/opal-error.js';

/** A report that cannot be made, or one that broke off. */
export class ReportError extends OpalError {
  constructor(facts: Omit<ErrorFacts, 'code'> & { readonly code?: string }) {
    super({ code: 'report.failed', ...facts });
  }
}
