import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from './lab-error.js';

/**
 * Waits until a question is answered with something other than false or undefined.
 *
 * @param what - what is waited for, for the message: "the Job is complete"
 * @throws LabError after the time, with the last error of the question if there was one.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | false | undefined>,
  { timeoutMs = 60_000, everyMs = 100 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await sleep(everyMs);
  } while (performance.now() < deadline);
  throw new LabError(
    {
      what: 'Something did not happen in time',
      subject: what,
      why:
        cause instanceof Error
          ? `the last look failed: ${cause.message}`
          : `it was not so after ${timeoutMs / 1000} s`,
      remedy: 'Look into the logs of the lab',
    },
    { cause },
  );
}
