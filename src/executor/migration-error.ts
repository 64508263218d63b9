import { OpalError, type ErrorFacts } from '../errors/opal-error.js';
import { describePlace, kubectlTarget, type ObjectPlace } from './object-place.js';

/** Another worker has taken the machine over, or it was cancelled: whoever sees this stops. */
export class FenceLostError extends OpalError {
  constructor(
    readonly machine: string,
    readonly epoch: number,
  ) {
    super({
      code: 'migration.fence.lost',
      what: 'This worker no longer holds the machine',
      subject: machine,
      why: `its turn (epoch ${String(epoch)}) was taken over or called off`,
      remedy: 'Nothing to do: the holder of the newer turn goes on from the recorded state',
      retryable: true,
    });
  }
}

/** The object is no longer the one that was read. */
export class ObjectChangedError extends OpalError {
  constructor(
    readonly object: ObjectPlace,
    options?: ErrorOptions,
  ) {
    super(
      {
        code: 'migration.object.changed',
        what: 'The object changed between reading and writing it',
        subject: describePlace(object),
        why: 'somebody else wrote or removed it meanwhile',
        remedy: 'Nothing to do: it is read again and the step is repeated',
        retryable: true,
      },
      options,
    );
  }
}

/** A name that this run needs belongs to somebody else's object. */
export class ForeignObjectError extends OpalError {
  constructor(object: ObjectPlace, machine: string) {
    super({
      code: 'migration.object.foreign',
      what: `${describePlace(object)} is in the way`,
      subject: machine,
      why: 'an object of that name exists and was not made by this run',
      remedy:
        `Look at it with: kubectl get ${kubectlTarget(object)} -o yaml. ` +
        'Remove it if nobody needs it, or give the machine another target name, then retry',
      retryable: false,
    });
  }
}

/** Why a step cannot go on, in the terms of the person who has to decide what to do. */
export class StepError extends OpalError {
  constructor(facts: Omit<ErrorFacts, 'retryable'>, options?: ErrorOptions) {
    super({ ...facts, retryable: false }, options);
  }
}

/** A request about a migration that its present state does not allow. */
export class MigrationRequestError extends OpalError {
  constructor(facts: Omit<ErrorFacts, 'retryable'>, options?: ErrorOptions) {
    super({ ...facts, retryable: false }, options);
  }
}
