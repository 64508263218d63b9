import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { OpalError } from '../../errors/opal-error.js';
import type { Logger } from '../../telemetry/logger.js';

/** The error of the product behind an error of GraphQL, however often it was wrapped. */
const behind = (error: unknown): unknown => {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
};

const factsOf = (error: OpalError): Record<string, unknown> => ({
  code: error.code,
  subject: error.subject,
  why: error.why,
  remedy: error.remedy,
  retryable: error.retryable,
  ...('position' in error && error.position !== undefined ? { position: error.position } : {}),
  ...('suggestion' in error && error.suggestion !== undefined
    ? { suggestion: error.suggestion }
    : {}),
});

/**
 * An error as clients see it: those of the product with code, reason and remedy, those of the request
 * as GraphQL words them, and anything else as an id under which the log has it.
 */
export const apiError =
  (logger: Logger) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = behind(error);
    const place = {
      ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
      ...(formatted.path === undefined ? {} : { path: formatted.path }),
    };
    if (cause instanceof OpalError) {
      return { message: cause.what, ...place, extensions: factsOf(cause) };
    }
    const { code } = formatted.extensions ?? {};
    if (cause instanceof GraphQLError && code !== 'INTERNAL_SERVER_ERROR') {
      return { message: formatted.message, ...place, extensions: { code } };
    }
    const id = randomUUID();
    logger.error({ err: cause, errorId: id }, 'A request failed unexpectedly');
    return {
      message: 'The server failed',
      ...place,
      extensions: {
        code: 'server.unexpected',
        errorId: id,
        why: 'something happened that should not',
        remedy: `Look for ${id} in the log of the server and report what stands there`,
        retryable: false,
      },
    };
  };
