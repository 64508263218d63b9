/** Signals of one Ctrl-C arrive more than once: from the terminal, from npm and from the launcher. */
const sameKeystrokeMs = 1_000;

/**
 * Calls `stop` at the first sign that this process has to end: SIGINT, SIGTERM, SIGHUP, or the end of
 * the launcher that started it. A later, second signal calls `force`.
 *
 * @returns takes the handlers off again.
 */
export function onStopSignal(stop: (reason: string) => void, force: () => void): () => void {
  let firstAt: number | undefined;
  const receive = (reason: string): void => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      stop(reason);
    } else if (Date.now() - firstAt > sameKeystrokeMs && reason !== 'disconnect') {
      force();
    }
  };
  const reasons = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const;
  const handlers = reasons.map((reason) => {
    const handler = (): void => {
      receive(reason);
    };
    process.on(reason, handler);
    return { reason, handler };
  });
  // The channel is there to notice the launcher's end, not to keep this process alive.
  process.channel?.unref();
  return () => {
    for (const { reason, handler } of handlers) process.off(reason, handler);
  };
}
