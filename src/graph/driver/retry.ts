import { setTimeout as sleep } from 'node:timers/promises';
import { GraphContentionError, GraphUnreachableError } from '../query/graph-error.js';

const firstPauseMs = 50;
const longestPauseMs = 5_000;
/** As long as the driver's own retries take. */
const patienceMs = 30_000;

/** What may be repeated after an error, in the order of how much the caller has to promise. */
export type Repeatable = 'always' | 'if undone' | 'never';

function mayRepeat(error: unknown, repeatable: Repeatable): boolean {
  if (repeatable === 'never') return false;
  // The server answered, so it has undone the transaction.
  if (error instanceof GraphContentionError) return true;
  return error instanceof GraphUnreachableError && repeatable === 'always';
}

/** Repeats `attempt` while its failure is temporary, with growing pauses, for half a minute. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  repeatable: Repeatable,
  signal: AbortSignal | undefined,
): Promise<T> {
  const giveUpAt = Date.now() + patienceMs;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    try {
      return await attempt();
    } catch (error) {
      if (!mayRepeat(error, repeatable) || Date.now() + pause > giveUpAt) throw error;
    }
    await sleep(pause * (0.8 + 0.4 * Math.random()), undefined, { signal });
  }
}
