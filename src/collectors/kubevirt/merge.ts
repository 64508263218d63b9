/** Events that wait at most; a slow reader then slows the streams down. */
const mostWaiting = 500;

/**
 * Several endless streams as one, several events at a time where they come faster than they are
 * read. The first stream that fails ends all with its error.
 */
export async function* merge<Event>(
  streams: readonly AsyncIterable<Event>[],
  signal: AbortSignal,
): AsyncGenerator<readonly Event[]> {
  let waiting: Event[] = [];
  let failure: { readonly error: unknown } | undefined;
  let running = streams.length;
  let wakeReader = (): void => undefined;
  let wakeStreams = (): void => undefined;
  /** All streams wait at one gate; one each would be forgotten when the next one stops. */
  let gate: Promise<void> | undefined;
  const closeGate = (): Promise<void> => {
    gate ??= new Promise((resolve) => {
      wakeStreams = () => {
        gate = undefined;
        resolve();
      };
    });
    return gate;
  };

  const pump = async (stream: AsyncIterable<Event>): Promise<void> => {
    try {
      for await (const event of stream) {
        waiting.push(event);
        wakeReader();
        if (signal.aborted) return;
        if (waiting.length >= mostWaiting) await closeGate();
      }
    } catch (error) {
      failure ??= { error };
    }
    running -= 1;
    wakeReader();
  };

  const stop = (): void => {
    wakeReader();
    wakeStreams();
  };
  signal.addEventListener('abort', stop, { once: true });
  for (const stream of streams) void pump(stream);
  try {
    while (!signal.aborted) {
      if (waiting.length > 0) {
        const events = waiting;
        waiting = [];
        wakeStreams();
        yield events;
      } else if (failure !== undefined) {
        throw failure.error;
      } else if (running === 0) {
        return;
      } else {
        await new Promise<void>((resolve) => (wakeReader = resolve));
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    wakeStreams();
  }
}
