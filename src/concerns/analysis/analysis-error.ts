import { OpalError } from '../../errors/opal-error.js';

/** An analysis was asked for with something that cannot be right. */
export class AnalysisError extends OpalError {}

/** @throws AnalysisError unless it is a whole number in the range. */
export function boundedLimit(limit: number, maximum: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= maximum) return limit;
  throw new AnalysisError({
    code: 'analysis.limit.invalid',
    what: 'The limit is out of range',
    subject: `limit ${limit}`,
    why: `it has to be a whole number from 1 to ${maximum}`,
    remedy: 'Ask for fewer, and for the next page after them',
    retryable: false,
  });
}
