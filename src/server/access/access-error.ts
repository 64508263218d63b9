import { OpalError } from '../../errors/opal-error.js';
import type { Role } from './role.js';

/** No valid token was given (HTTP 401). Does not say whether one is unknown, expired or revoked. */
export class UnauthenticatedError extends OpalError {
  constructor() {
    super({
      code: 'access.unauthenticated',
      what: 'No valid token was given',
      subject: 'the request',
      why: 'the header "Authorization: Bearer <token>" is missing, or its token is unknown, expired or revoked',
      remedy:
        'Log in with a valid token; the server prints where the first one stands when it starts',
      retryable: false,
    });
  }
}

/** The token is valid, but its role does not reach (HTTP 403). */
export class ForbiddenError extends OpalError {
  constructor(principal: string, held: Role, needed: Role) {
    super({
      code: 'access.forbidden',
      what: 'This token may not do that',
      subject: principal,
      why: `it has the role ${held}, and the role ${needed} is needed`,
      remedy: `Ask an administrator for a token with the role ${needed}`,
      retryable: false,
    });
  }
}

/** A token could not be made or found. */
export class TokenError extends OpalError {}
