import { OpalError } from '../../errors/opal-error.js';

/** Something is wrong with how a source is registered. */
export class SourceError extends OpalError {}

export const unknownSource = (id: string): SourceError =>
  new SourceError({
    code: 'source.unknown',
    what: 'There is no such source',
    subject: id,
    why: 'it was never saved, its draft expired, or it was removed',
    remedy: 'List the sources, or add it',
    retryable: false,
  });

export const invalidSourceId = (id: string): SourceError =>
  new SourceError({
    code: 'source.id.invalid',
    what: 'The id of the source cannot be used',
    subject: id === '' ? '(empty)' : id,
    why: 'ids of entities begin with it, followed by a slash',
    remedy:
      'Use up to 64 lower-case letters, digits, hyphens and dots, and begin with a letter or digit',
    retryable: false,
  });
