/**
 * Events that end at once when nobody wants them any more. A generator that waits for its next event
 * would learn of it only with that event, and hold its place among the listeners until then.
 */
export const endedBy = <Event>(
  events: AsyncGenerator<Event, void, undefined>,
  end: AbortController,
): AsyncIterableIterator<Event> => ({
  next: () => events.next(),
  return: () => {
    end.abort();
    return events.return();
  },
  [Symbol.asyncIterator]() {
    return this;
  },
});
