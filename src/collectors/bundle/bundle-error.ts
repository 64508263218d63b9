import { OpalError } from '../../errors/opal-error.js';

/** A bundle that cannot be read or written. Nothing of a broken bundle reaches the graph. */
export class BundleError extends OpalError {}

export const brokenBundle = (path: string, why: string, cause?: unknown): BundleError =>
  new BundleError(
    {
      code: 'bundle.broken',
      what: 'The bundle is damaged or incomplete',
      subject: path,
      why,
      remedy: 'Copy or record it again; nothing of it was loaded',
      retryable: false,
    },
    { cause },
  );

export const foreignBundle = (path: string, why: string): BundleError =>
  new BundleError({
    code: 'bundle.unsupported',
    what: 'The bundle cannot be replayed here',
    subject: path,
    why,
    remedy: 'Use the version of the product that recorded it, or a later one',
    retryable: false,
  });
