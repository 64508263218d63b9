import { OpalError } from '../../errors/opal-error.js';

/** A raw object of a target that cannot be read as what it says it is. */
export class KubevirtObjectError extends OpalError {
  constructor(type: string, externalId: string, why: string) {
    super({
      code: 'kubevirt.object-not-readable',
      what: 'An object of the target cannot be read',
      subject: `${type} ${externalId}`,
      why,
      remedy: 'Report it with the object, as `kubectl get -o yaml` prints it.',
      retryable: false,
    });
  }
}

/** The place in the changes of a target cannot be read. */
export class KubevirtPlaceError extends OpalError {
  constructor(why: string) {
    super({
      code: 'kubevirt.place-not-readable',
      what: 'Changes of the target cannot be followed from the given place',
      subject: 'watch',
      why,
      remedy: 'A new full read gives a new place.',
      retryable: true,
    });
  }
}
