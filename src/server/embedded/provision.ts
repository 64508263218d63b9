import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedServiceError, systemCause } from './embedded-service-error.js';
import { tryProcessLock, type ProcessLock } from './process-lock.js';

const lockPatienceMs = 20 * 60_000;
const lockPollMs = 500;

async function waitForLock(file: string, signal?: AbortSignal): Promise<ProcessLock> {
  const deadline = Date.now() + lockPatienceMs;
  for (;;) {
    const attempt = tryProcessLock(file, 'downloading embedded services');
    if (attempt.taken) return attempt.lock;
    if (Date.now() > deadline) {
      throw new EmbeddedServiceError({
        code: 'embedded.provision.locked',
        what: 'Another process has been downloading for too long',
        subject: file,
        why: `the lock is held by ${attempt.holder}`,
        remedy: 'Stop that process and start again',
        retryable: true,
      });
    }
    await delay(lockPollMs, undefined, signal === undefined ? {} : { signal });
  }
}

async function fill(target: string, make: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const draft = await mkdtemp(`${target}.draft-`);
  try {
    await make(draft);
    await rename(draft, target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * Makes a folder of the cache exactly once: `make` fills a draft beside it, which takes its place
 * whole, so that a cut-off download never looks complete. All provisioning of a cache shares one lock,
 * because Maven processes that fill the same local repository at once disturb each other.
 */
export async function provisionOnce(
  cache: string,
  target: string,
  make: (folder: string) => Promise<void>,
  signal?: AbortSignal,
): Promise<string> {
  if (existsSync(target)) return target;
  try {
    await mkdir(cache, { recursive: true });
    const lock = await waitForLock(join(cache, 'provision.lock'), signal);
    try {
      if (!existsSync(target)) await fill(target, make);
    } finally {
      lock.release();
    }
  } catch (error) {
    const cause = systemCause(error);
    if (cause === undefined) throw error;
    throw new EmbeddedServiceError(
      {
        code: 'embedded.provision.failed',
        what: 'The download folder cannot be written',
        subject: target,
        ...cause,
      },
      { cause: error },
    );
  }
  return target;
}
