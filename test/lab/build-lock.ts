import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lock, type LockOptions } from 'proper-lockfile';

/** A holder that was killed stops renewing its lock; after this long another may take it, in ms. */
const staleAfter = 60_000;
const askAgainAfter = 500;
/** Each build fills all cores by itself; a second one only hides waiting for the network. */
const slots = ['build-slot-1', 'build-slot-2'] as const;

const options: LockOptions = { realpath: false, stale: staleAfter };

async function tryLock(file: string): Promise<(() => Promise<void>) | undefined> {
  try {
    return await lock(file, { ...options, lockfilePath: file });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') return undefined;
    throw error;
  }
}

async function takeAny(files: readonly string[]): Promise<() => Promise<void>> {
  for (;;) {
    for (const file of files) {
      const release = await tryLock(file);
      if (release !== undefined) return release;
    }
    await sleep(askAgainAfter);
  }
}

async function holding<T>(files: readonly string[], work: () => Promise<T>): Promise<T> {
  const release = await takeAny(files);
  try {
    return await work();
  } finally {
    await release();
  }
}

/** Runs the work while no other process holds the same lock. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  return await holding([file], work);
}

/** Runs the work as one of at most two builds on this machine. */
export async function withBuildSlot<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  return await holding(
    slots.map((slot) => join(folder, `${slot}.lock`)),
    work,
  );
}
