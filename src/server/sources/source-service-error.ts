import type { z } from 'zod';
import type { Finding, SourceKind } from '../../collectors/contract.js';
import { OpalError } from '../../errors/opal-error.js';

/** A source cannot be added, changed or read as it was asked. */
export class SourceServiceError extends OpalError {}

export function unknownKind(kind: SourceKind, known: readonly string[]): SourceServiceError {
  return new SourceServiceError({
    code: 'source.kind.unsupported',
    what: 'Sources of this kind cannot be collected',
    subject: kind,
    why: 'this server has no collector for it',
    remedy: `Use one of ${known.join(', ')}`,
    retryable: false,
  });
}

/** Names the fields that were refused and never what stood in them. */
export function malformedConfiguration(source: string, error: z.ZodError): SourceServiceError {
  const fields = error.issues.map(({ path, message }) => {
    const field = path.map(String).join('.');
    return field === '' ? message : `${field}: ${message}`;
  });
  return new SourceServiceError({
    code: 'source.configuration.malformed',
    what: 'The configuration of the source cannot be used',
    subject: source,
    why: fields.join('; '),
    remedy: 'Correct the fields and try again',
    retryable: false,
  });
}

export function sourceExists(source: string): SourceServiceError {
  return new SourceServiceError({
    code: 'source.exists',
    what: 'There is such a source already',
    subject: source,
    why: 'its id is taken',
    remedy: 'Give another id, or change that source',
    retryable: false,
  });
}

export function notVerified(source: string, findings: readonly Finding[]): SourceServiceError {
  const blockers = findings.filter(({ severity }) => severity === 'blocker');
  return new SourceServiceError({
    code: 'source.verification.failed',
    what: 'The source was not saved',
    subject: source,
    why: blockers.map(({ what, effect }) => `${what}: ${effect}`).join('; ') || 'it was refused',
    remedy: blockers.map(({ remedy }) => remedy).join('; ') || 'Verify the source to see why',
    retryable: false,
  });
}

export function notFollowed(source: string): SourceServiceError {
  return new SourceServiceError({
    code: 'source.not-saved',
    what: 'The source cannot be read',
    subject: source,
    why: 'it is a draft or is being removed',
    remedy: 'Save the source first',
    retryable: false,
  });
}
