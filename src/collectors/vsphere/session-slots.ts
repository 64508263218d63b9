/** A vCenter has a limited number of sessions, which people share. */
const mostSessions = 2;

interface Slots {
  open: number;
  readonly waiting: (() => void)[];
}

const sources = new Map<string, Slots>();

/**
 * Waits for one of the two sessions that a source may have from this process, and returns what
 * gives it back.
 *
 * @param source the same text for the same server and account.
 */
export async function takeSession(source: string, signal: AbortSignal): Promise<() => void> {
  signal.throwIfAborted();
  const slots = sources.get(source) ?? { open: 0, waiting: [] };
  sources.set(source, slots);
  if (slots.open >= mostSessions) await turn(slots, signal);
  else slots.open += 1;
  let given = false;
  return () => {
    if (given) return;
    given = true;
    const next = slots.waiting.shift();
    if (next !== undefined) next();
    else slots.open -= 1;
    if (slots.open === 0) sources.delete(source);
  };
}

/** The place of whoever goes is handed over, so that nobody can slip in between. */
function turn(slots: Slots, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const take = (): void => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    const leave = (): void => {
      const place = slots.waiting.indexOf(take);
      if (place !== -1) slots.waiting.splice(place, 1);
      reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
    };
    slots.waiting.push(take);
    signal.addEventListener('abort', leave, { once: true });
  });
}
