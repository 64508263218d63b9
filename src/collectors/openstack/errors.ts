import { OpalError } from '../../errors/opal-error.js';

/** Anything that went wrong between here and an OpenStack cloud. */
export class OpenstackError extends OpalError {}

/** No connection: name resolution, routing, a closed port, a time limit. */
export class OpenstackUnreachableError extends OpenstackError {
  constructor(address: string, why: string, options?: ErrorOptions) {
    super(
      {
        code: 'openstack.unreachable',
        what: 'The OpenStack service cannot be reached',
        subject: address,
        why,
        remedy:
          'Check the address and port, that the service runs, and that a firewall lets this machine through; where the catalogue names an inner address, choose another interface',
        retryable: true,
      },
      options,
    );
  }
}

/** The certificate does not lead to a trusted authority, and no fingerprint vouches for it. */
export class OpenstackCertificateError extends OpenstackError {
  constructor(address: string, why: string, options?: ErrorOptions) {
    super(
      {
        code: 'openstack.certificate.untrusted',
        what: 'The certificate of the OpenStack service is not trusted',
        subject: address,
        why,
        remedy:
          'Give the certificate of its authority, or compare the SHA-256 fingerprint with the one the cloud itself shows and accept it',
        retryable: false,
      },
      options,
    );
  }
}

/** An endpoint shows another certificate than those a person accepted. */
export class OpenstackCertificateChangedError extends OpenstackError {
  constructor(
    address: string,
    /** SHA-256 fingerprint that was accepted. */
    readonly accepted: string,
    /** SHA-256 fingerprint that the endpoint shows now. */
    readonly shown: string,
  ) {
    super({
      code: 'openstack.certificate.changed',
      what: 'The certificate of the OpenStack service is not the accepted one',
      subject: address,
      why: `accepted was SHA-256 ${accepted}, shown is SHA-256 ${shown}`,
      remedy:
        'Ask the administrator of the cloud whether the certificate was renewed, or is another one on this endpoint; if so accept it too, if not somebody may be listening in',
      retryable: false,
    });
  }
}

/** The token would go over the network in clear. */
export class OpenstackPlainHttpError extends OpenstackError {
  constructor(address: string) {
    super({
      code: 'openstack.transport.plain',
      what: 'The OpenStack endpoint is without TLS',
      subject: address,
      why: 'whoever listens could read the token',
      remedy: 'Choose an interface whose endpoints have TLS, or allow plain HTTP for this source',
      retryable: false,
    });
  }
}

export class OpenstackLoginError extends OpenstackError {
  constructor(address: string, why: string) {
    super({
      code: 'openstack.login.refused',
      what: 'The identity service refuses the login',
      subject: address,
      why,
      remedy:
        'Check account, its domain, the secret and the project, and that neither is disabled or expired',
      retryable: false,
    });
  }
}

/** The catalogue has no endpoint of a service for the chosen region and interface. */
export class OpenstackEndpointError extends OpenstackError {
  constructor(service: string, why: string) {
    super({
      code: 'openstack.endpoint.missing',
      what: `The cloud offers no ${service} endpoint that fits`,
      subject: service,
      why,
      remedy: 'Choose another region or interface; `openstack catalog list` shows what there is',
      retryable: false,
    });
  }
}

/** The service understood the call and does not allow it. */
export class OpenstackForbiddenError extends OpenstackError {
  constructor(
    address: string,
    readonly call: string,
    why: string,
  ) {
    super({
      code: 'openstack.forbidden',
      what: `The account may not ${call}`,
      subject: address,
      why,
      remedy: 'Give the account a role that the policy of the service asks for',
      retryable: false,
    });
  }
}

/** The object or the path is not there. */
export class OpenstackNotFoundError extends OpenstackError {
  constructor(address: string, call: string, why: string) {
    super({
      code: 'openstack.not-found',
      what: `There is nothing at ${call}`,
      subject: address,
      why,
      remedy: 'It may have been deleted meanwhile; else the service is older than expected',
      retryable: false,
    });
  }
}

/** Any other answer that is not the wanted one, or that breaks the protocol. */
export class OpenstackAnswerError extends OpenstackError {
  constructor(
    address: string,
    call: string,
    why: string,
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(
      {
        code: 'openstack.answer.invalid',
        what: `The answer to ${call} cannot be used`,
        subject: address,
        why,
        remedy: "Try again; if it stays, look at the service's log for the same time",
        retryable: true,
      },
      options,
    );
  }
}

/** The service is too busy or restarting, also after waiting: 429, 502, 503, 504. */
export class OpenstackBusyError extends OpenstackError {
  constructor(
    address: string,
    readonly status: number,
    /** What the service asked for, in milliseconds. */
    readonly retryAfterMs: number | undefined,
  ) {
    super({
      code: 'openstack.busy',
      what: 'The OpenStack service is busy or starting',
      subject: address,
      why: `it answered with HTTP status ${status}`,
      remedy: 'Wait some minutes; if it stays, look at the health of the service',
      retryable: true,
    });
  }
}

/** The token is no longer good, and the way to log in gives no other. */
export class OpenstackTokenError extends OpenstackError {
  constructor(address: string, why: string, renewable: boolean) {
    super({
      code: 'openstack.token.expired',
      what: 'The token is no longer accepted',
      subject: address,
      why,
      remedy: renewable
        ? 'A new login follows by itself'
        : 'Give a new token, or let the source log in by application credential',
      retryable: renewable,
    });
  }
}

/** The place to watch from is none of this collector. */
export class OpenstackPlaceError extends OpenstackError {
  constructor(why: string) {
    super({
      code: 'openstack.place-not-readable',
      what: 'Changes of the cloud cannot be followed from the given place',
      subject: 'watch',
      why,
      remedy: 'A new full read gives a new place',
      retryable: true,
    });
  }
}

/** A raw object that cannot be read as what it says it is. */
export class OpenstackObjectError extends OpenstackError {
  constructor(type: string, externalId: string, why: string) {
    super({
      code: 'openstack.object-not-readable',
      what: 'An object of the cloud cannot be read',
      subject: `${type} ${externalId}`,
      why,
      remedy: 'Report it with the object, as the service prints it as JSON',
      retryable: false,
    });
  }
}

/** So much is missing at once that only a full read may decide about it. */
export class OpenstackManyGoneError extends OpenstackError {
  constructor(list: string, gone: number, count: number) {
    super({
      code: 'openstack.watch.many-gone',
      what: 'Many objects are missing at once',
      subject: list,
      why: `${gone} of ${count} are no longer listed`,
      remedy: 'A full read follows by itself, and asks before it removes as many',
      retryable: true,
    });
  }
}
