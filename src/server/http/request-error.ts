import { OpalError } from '../../errors/opal-error.js';

/** A request to an HTTP route that cannot be understood. */
export class RequestError extends OpalError {
  constructor(why: string) {
    super({
      code: 'request.invalid',
      what: 'The request cannot be carried out',
      subject: 'the address or the body',
      why,
      remedy: 'Correct it and send it again',
      retryable: false,
    });
  }
}
