import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Access, Principal } from '../access/index.js';

const principals = new WeakMap<Request, Principal>();

/** Lets a request on only with a valid token. Nothing of it is read before. */
export const authenticate =
  (access: Access): RequestHandler =>
  (request: Request, _response: Response, next: NextFunction): void => {
    access.authenticate(request.headers.authorization).then(
      (principal) => {
        principals.set(request, principal);
        next();
      },
      (error: unknown) => {
        next(error);
      },
    );
  };

/** Who made a request that {@link authenticate} let on. */
export const principalOf = (request: Request): Principal => {
  const principal = principals.get(request);
  if (principal === undefined) throw new Error('the request was not authenticated');
  return principal;
};
