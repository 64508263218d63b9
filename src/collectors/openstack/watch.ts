import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeBurst, CollectorChange } from '../contract.js';
import { ChangeReader } from './change-reader.js';
import { formatPlace, parsePlace } from './place.js';
import type { OpenstackSession } from './session.js';

/** Clocks of the services differ a little, and what was committed late carries an older time. */
const overlapMs = 60_000;

const earlier = (moment: string): string => new Date(Date.parse(moment) - overlapMs).toISOString();

/**
 * Changes after `since` until the caller stops: what the services announce at each poll, and at
 * longer intervals everything, compared with what was read before. Objects come whole.
 */
export async function* watchChanges(
  session: OpenstackSession,
  since: string,
  signal: AbortSignal,
): AsyncGenerator<ChangeBurst> {
  try {
    yield* polledChanges(session, since, signal);
  } catch (error) {
    // A call that was broken off is the end of the watch and no failure.
    if (!signal.aborted) throw error;
  }
}

async function* polledChanges(
  session: OpenstackSession,
  since: string,
  signal: AbortSignal,
): AsyncGenerator<ChangeBurst> {
  const { pollSeconds, levelCheckSeconds } = session.client.configuration;
  const reader = new ChangeReader(session, signal);
  let reached = parsePlace(since).since;
  let checkedAt = performance.now();
  const stopped = (): boolean => signal.aborted;
  while (!stopped()) {
    // An aborted wait is the end of the watch and no failure.
    await sleep(pollSeconds * 1000, undefined, { signal }).catch(() => undefined);
    if (stopped()) return;
    const begun = await session.now(signal);
    const changes: CollectorChange[] = await reader.announced(earlier(reached));
    reached = begun;
    if (performance.now() - checkedAt >= levelCheckSeconds * 1000) {
      changes.push(...(await reader.compared()));
      checkedAt = performance.now();
    }
    changes.push(...(await reader.concerned()));
    if (changes.length > 0) yield { changes, since: formatPlace({ since: reached }) };
  }
}
