import { OpalError } from '../../errors/opal-error.js';

/** Anything that went wrong between here and a vCenter or an ESXi host. */
export class VsphereError extends OpalError {}

/** No connection: name resolution, routing, a closed port, a time limit. */
export class VsphereUnreachableError extends VsphereError {
  constructor(address: string, why: string, options?: ErrorOptions) {
    super(
      {
        code: 'vsphere.unreachable',
        what: 'The vSphere server cannot be reached',
        subject: address,
        why,
        remedy:
          'Check the address and port, that the server runs, and that a firewall or proxy lets this machine through',
        retryable: true,
      },
      options,
    );
  }
}

/** The certificate does not lead to a trusted authority, and no fingerprint vouches for it. */
export class VsphereCertificateError extends VsphereError {
  constructor(address: string, why: string, options?: ErrorOptions) {
    super(
      {
        code: 'vsphere.certificate.untrusted',
        what: 'The certificate of the vSphere server is not trusted',
        subject: address,
        why,
        remedy:
          'Compare the SHA-256 fingerprint with the one the vSphere client shows and set it as the fingerprint of the source, or give the certificate of its authority',
        retryable: false,
      },
      options,
    );
  }
}

/** The server shows another certificate than the one a person accepted. */
export class VsphereCertificateChangedError extends VsphereError {
  constructor(
    address: string,
    /** SHA-256 fingerprint that was accepted. */
    readonly accepted: string,
    /** SHA-256 fingerprint that the server shows now. */
    readonly shown: string,
  ) {
    super({
      code: 'vsphere.certificate.changed',
      what: 'The certificate of the vSphere server has changed',
      subject: address,
      why: `accepted was SHA-256 ${accepted}, shown is SHA-256 ${shown}`,
      remedy:
        'Ask the administrator of the server whether the certificate was renewed; if so set the new fingerprint, if not somebody may be listening in',
      retryable: false,
    });
  }
}

export class VsphereLoginError extends VsphereError {
  constructor(address: string, username: string, why: string) {
    super({
      code: 'vsphere.login.refused',
      what: 'The vSphere server refuses the login',
      subject: `${username} at ${address}`,
      why,
      remedy:
        'Check user name (with its domain, as in user@vsphere.local) and password, and that the account is neither locked nor expired',
      retryable: false,
    });
  }
}

/** Something answers, but it is no vCenter and no ESXi host, or not the expected one of them. */
export class NotVsphereError extends VsphereError {
  constructor(address: string, why: string, remedy?: string) {
    super({
      code: 'vsphere.product.unexpected',
      what: 'The server is not the vSphere server that was asked for',
      subject: address,
      why,
      remedy: remedy ?? 'Give the address of a vCenter or of an ESXi host',
      retryable: false,
    });
  }
}

/** The server answered with a vim25 fault. */
export class VimFaultError extends VsphereError {
  constructor(
    address: string,
    readonly operation: string,
    /** vim25 class of the fault, for instance NoPermission. */
    readonly fault: string,
    message: string,
    /** Privilege that a NoPermission fault names. */
    readonly privilege?: string,
    /** Reference value of the object that the fault names. */
    readonly object?: string,
  ) {
    super({
      code: `vsphere.fault.${fault}`,
      what: `vSphere answers ${operation} with ${fault}`,
      subject: object === undefined ? address : `${object} at ${address}`,
      why: message === '' ? 'the server gives no reason' : message,
      remedy:
        privilege === undefined
          ? "Look at the server's tasks and events for the same time"
          : `Give the account the privilege ${privilege}`,
      retryable: retryableFaults.has(fault),
    });
  }
}

/** Faults that pass by themselves: the session, load, or another operation stood in the way. */
const retryableFaults: ReadonlySet<string> = new Set([
  'NotAuthenticated',
  'RequestCanceled',
  'HostCommunication',
  'HostNotConnected',
  'TaskInProgress',
  'ConcurrentAccess',
  'Timedout',
  'SystemError',
]);

/** An answer that breaks the protocol, or a limit that keeps the memory bounded. */
export class VsphereAnswerError extends VsphereError {
  constructor(address: string, operation: string, why: string, options?: ErrorOptions) {
    super(
      {
        code: 'vsphere.answer.invalid',
        what: `The answer to ${operation} cannot be used`,
        subject: address,
        why,
        remedy:
          'Try again; if it stays, look for a proxy between this machine and the server that changes answers',
        retryable: true,
      },
      options,
    );
  }
}

/** The server is too busy or restarting: 429, 502, 503, 504. */
export class VsphereBusyError extends VsphereError {
  constructor(
    address: string,
    readonly status: number,
    /** What the server asked for, in milliseconds. */
    readonly retryAfterMs: number | undefined,
  ) {
    super({
      code: 'vsphere.busy',
      what: 'The vSphere server is busy or starting',
      subject: address,
      why: `it answered with HTTP status ${status}`,
      remedy: 'Wait some minutes; if it stays, look at the health of the server',
      retryable: true,
    });
  }
}

/** The place to watch from belongs to a session that is gone. */
export class VsphereStreamLostError extends VsphereError {
  constructor(address: string, why: string, options?: ErrorOptions) {
    super(
      {
        code: 'vsphere.watch.lost',
        what: 'The stream of changes was lost',
        subject: address,
        why,
        remedy: 'A full read follows by itself',
        retryable: true,
      },
      options,
    );
  }
}
