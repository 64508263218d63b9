import { OpalError } from '../../errors/opal-error.js';

/** A source cannot be added, changed or read as asked for. */
export class EstateError extends OpalError {}

export const unknownKind = (kind: string, known: Iterable<string>): EstateError =>
  new EstateError({
    code: 'source.kind.unknown',
    what: 'There is no such kind of source',
    subject: kind,
    why: `the kinds are ${[...known].join(', ')}`,
    remedy: 'Take one of them',
    retryable: false,
  });

export const invalidConfiguration = (kind: string, why: string): EstateError =>
  new EstateError({
    code: 'source.configuration.invalid',
    what: 'The configuration of the source is not complete or not right',
    subject: kind,
    why,
    remedy: 'Correct the fields that are named',
    retryable: false,
  });

export const notVerified = (id: string, why: string, remedy: string): EstateError =>
  new EstateError({
    code: 'source.not-verified',
    what: 'The source is not saved',
    subject: id,
    why,
    remedy,
    retryable: false,
  });

export const notRunning = (id: string): EstateError =>
  new EstateError({
    code: 'source.not-collected',
    what: 'The source is not being collected',
    subject: id,
    why: 'it is a draft, or it came from a bundle and has nothing to read from',
    remedy: 'Save the draft first, or replay a newer bundle',
    retryable: false,
  });
