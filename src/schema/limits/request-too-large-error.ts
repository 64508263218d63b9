import { OpalError } from '../../errors/opal-error.js';
import type { RequestLimits } from './request-limits.js';

const remedies: Readonly<Record<keyof RequestLimits, string>> = {
  depth: 'Select fewer levels, or start the request nearer to what you want',
  cost: 'Ask for smaller pages with first, fewer fields, or use /export for all rows',
  aliases: 'Send several requests instead of one with many aliases',
  directives: 'Leave directives out',
};

/** A request that asks for more than one request may. */
export class RequestTooLargeError extends OpalError {
  constructor(
    readonly limit: keyof RequestLimits,
    readonly found: number,
    readonly allowed: number,
  ) {
    super({
      code: `request.${limit}.exceeded`,
      what: 'The request asks for too much at once',
      subject: limit,
      why: `its ${limit} is ${found}, and ${allowed} is allowed`,
      remedy: remedies[limit],
      retryable: false,
    });
  }
}
