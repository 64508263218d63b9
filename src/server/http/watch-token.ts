import { UnauthenticatedError } from '../access/index.js';

/** How often the token of an open connection is looked at again, in milliseconds. */
export const tokenCheckMs = 5_000;

/**
 * Looks at a token again and again, since a connection may stay open longer than its token is valid.
 *
 * @param check throws UnauthenticatedError once the token has expired or was revoked. Other errors,
 *   of a database that is away for instance, say nothing about the token.
 * @returns ends the watch.
 */
export const watchToken = (
  check: () => Promise<unknown>,
  onInvalid: () => void,
  everyMs: number,
): (() => void) => {
  const timer = setInterval(() => {
    check().catch((error: unknown) => {
      if (!(error instanceof UnauthenticatedError)) return;
      clearInterval(timer);
      onInvalid();
    });
  }, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
};
