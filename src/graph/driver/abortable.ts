interface Rows<T> {
  next(): Promise<IteratorResult<T, unknown>>;
}

/** Rows whose next one fails as soon as a signal does. */
export interface AbortableRows<T> extends Rows<T> {
  /** Stops listening to the signal. */
  release(): void;
}

/**
 * Lets a signal end the wait for a row. The signal is listened to once for all rows: an export asks
 * for hundreds of thousands, and a listener for each would take as long as the rows themselves.
 *
 * @param whenAborted called once, where the signal aborts before the release.
 */
export function abortable<T>(
  rows: Rows<T>,
  signal: AbortSignal | undefined,
  whenAborted: () => void,
): AbortableRows<T> {
  if (signal === undefined) return { next: () => rows.next(), release: () => undefined };
  let fail: (reason: unknown) => void = () => undefined;
  const abort = (): void => {
    whenAborted();
    fail(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  return {
    next: () =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason as Error);
          return;
        }
        fail = reject;
        rows.next().then(resolve, reject);
      }),
    release: () => {
      signal.removeEventListener('abort', abort);
    },
  };
}
