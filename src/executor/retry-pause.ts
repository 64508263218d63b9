const longestMs = 60_000;

/** Pause before the next repetition: doubles from `firstMs` up to a minute, a fifth of it random. */
export function retryPause(firstMs: number, count: number): number {
  const pause = Math.min(longestMs, firstMs * 2 ** Math.min(count - 1, 10));
  return Math.round(pause * (0.9 + Math.random() * 0.2));
}
