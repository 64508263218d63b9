/** Times in milliseconds. */
export interface Timing {
  readonly p50: number;
  readonly p95: number;
}

export type Work = (turn: number) => Promise<unknown>;

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

async function timed(work: Work, turn: number): Promise<number> {
  const start = performance.now();
  await work(turn);
  return performance.now() - start;
}

export interface Rounds {
  /** Each work is called for so long first, in milliseconds. */
  readonly warmUpMs: number;
  /** Timed calls of each. */
  readonly times: number;
}

/**
 * Times several works side by side: warms all of them up, then calls them in turns of ten, so that
 * what else the machine does meets all alike.
 */
export async function timeTogether<Name extends string>(
  works: Readonly<Record<Name, Work>>,
  { warmUpMs, times }: Rounds,
): Promise<Record<Name, Timing>> {
  const names = Object.keys(works) as Name[];
  for (const name of names) {
    const end = performance.now() + warmUpMs;
    for (let turn = 0; performance.now() < end; turn += 1) await works[name](turn);
  }
  const taken = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >;
  for (let start = 0; start < times; start += 10) {
    for (const name of names) {
      for (let turn = start; turn < Math.min(times, start + 10); turn += 1) {
        taken[name].push(await timed(works[name], turn));
      }
    }
  }
  return Object.fromEntries(
    names.map((name) => {
      const sorted = taken[name].sort((a, b) => a - b);
      return [name, { p50: at(sorted, 0.5), p95: at(sorted, 0.95) }];
    }),
  ) as Record<Name, Timing>;
}
