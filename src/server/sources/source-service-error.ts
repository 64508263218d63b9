import type { z } from 'zod';
import type { Finding, SourceKind } from '../../collectors/contract.js';
import type { RegisteredSource } from '../../collectors/sources/index.js';
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

/** Says what stands against a source, and how to go on with one that is a draft. */
export function notVerified(
  { id, state }: Pick<RegisteredSource, 'id' | 'state'>,
  findings: readonly Finding[],
): SourceServiceError {
  const blockers = findings.filter(({ severity }) => severity === 'blocker');
  const remedies = blockers.map(({ remedy }) => remedy).join('; ');
  const draft = state === 'draft';
  return new SourceServiceError({
    code: 'source.verification.failed',
    what: draft ? 'The source is a draft still' : 'The change of the source was not saved',
    subject: id,
    why:
      blockers.map(({ what, effect }) => `${what}: ${effect}`).join('; ') ||
      'verification did not end well and named no reason',
    remedy: [
      remedies === '' ? 'Verify the source to see what it is' : remedies,
      ...(draft ? [`Then run: opal source save ${id} (the draft is kept for a day)`] : []),
    ].join('. '),
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
