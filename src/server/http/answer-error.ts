import type { ErrorRequestHandler, NextFunction, Request, Response } from 'express';
import { GraphQLError } from 'graphql';
import { OpalError } from '../../errors/opal-error.js';
import type { Logger } from '../../telemetry/logger.js';
import { apiError } from './api-error.js';

const statusByCode: Readonly<Record<string, number>> = {
  'access.unauthenticated': 401,
  'access.forbidden': 403,
  'request.host': 421,
  'report.state.changed': 412,
  'graph.unreachable': 503,
};

/** Errors of the body parser carry the status that the request deserves. */
const statusOf = (error: unknown): number => {
  if (error instanceof OpalError) return statusByCode[error.code] ?? 400;
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') {
    return error.status;
  }
  return 500;
};

const bodyErrors: Readonly<Record<number, string>> = {
  400: 'The body of the request cannot be read',
  413: 'The body of the request is too large',
  415: 'The body of the request is of a type that is not taken',
};

/** Answers what went wrong outside of GraphQL in the form that GraphQL has for errors. */
export const answerError =
  (logger: Logger): ErrorRequestHandler =>
  // Express knows an error handler by its four parameters.
  (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    const status = statusOf(error);
    if (response.headersSent) {
      next(error);
      return;
    }
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="opal"');
    const body = bodyErrors[status];
    const shown =
      body === undefined || error instanceof OpalError
        ? apiError(logger)(
            { message: 'failed', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
            error instanceof OpalError
              ? error
              : new GraphQLError('failed', {
                  originalError: error instanceof Error ? error : null,
                }),
          )
        : { message: body, extensions: { code: 'request.body' } };
    response.status(status).json({ errors: [shown] });
  };
