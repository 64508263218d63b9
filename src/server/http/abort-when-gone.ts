import type { Response } from 'express';

/** A signal that aborts when the client goes away before it has its answer. */
export const abortWhenGone = (response: Response): AbortSignal => {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
};
