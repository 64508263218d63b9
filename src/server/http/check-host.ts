import { isIPv4 } from 'node:net';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { OpalError } from '../../errors/opal-error.js';

/** A request that was sent to another name than one of this server (HTTP 421). */
export class MisdirectedRequestError extends OpalError {
  constructor(host: string | undefined) {
    super({
      code: 'request.host',
      what: 'The request was meant for another server',
      subject: host?.slice(0, 255) ?? 'the request',
      why: 'the server listens on the loopback address alone, and its header Host names something else',
      remedy: 'Call it by 127.0.0.1 or localhost; behind a proxy set OPAL_INSECURE_BIND=true',
      retryable: false,
    });
  }
}

const withoutPort = (host: string): string => host.replace(/:\d+$/u, '').toLowerCase();

/** True for the names of the machine itself; `localhost` resolves nowhere else. */
const isLoopback = (name: string): boolean =>
  name === 'localhost' ||
  name === '[::1]' ||
  name === '::1' ||
  (isIPv4(name) && name.startsWith('127.'));

/** Says whether a request with this header Host may be served. */
export type HostCheck = (host: string | undefined) => boolean;

/**
 * Whoever listens on the loopback address in clear is called by its names alone. A page of another
 * site whose name was made to resolve to this machine gets no answer, with a token or without.
 */
export const hostCheck = ({
  host,
  insecureBind,
  tls,
}: {
  readonly host: string;
  readonly insecureBind: boolean;
  readonly tls: boolean;
}): HostCheck => {
  if (tls || insecureBind || !isLoopback(host)) return () => true;
  return (given) => given !== undefined && isLoopback(withoutPort(given));
};

/** Refuses requests to other names before anything of them is read. */
export const onlyOwnHost =
  (isOwn: HostCheck): RequestHandler =>
  ({ headers }: Request, _response: Response, next: NextFunction): void => {
    next(isOwn(headers.host) ? undefined : new MisdirectedRequestError(headers.host));
  };

/** True where no page sent it, or one of this very server. */
export const isOwnOrigin = (origin: string | undefined, host: string | undefined): boolean =>
  origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
