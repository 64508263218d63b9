import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { identifyProcess, isStillRunning } from './process-identity.js';

const lockContent = z.object({
  pid: z.number().int(),
  started: z.string(),
  host: z.string(),
  purpose: z.string(),
  since: z.string(),
  nonce: z.string(),
});
type LockContent = z.infer<typeof lockContent>;

/** A lock that was taken; releasing it twice is harmless. */
export interface ProcessLock {
  release(): void;
}

export type LockAttempt =
  | { readonly taken: true; readonly lock: ProcessLock }
  | { readonly taken: false; readonly holder: string };

function isFileError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function readLock(file: string): LockContent | undefined {
  try {
    const parsed = lockContent.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** A lock written on another machine cannot be checked from here and counts as held. */
function isHeld(content: LockContent): boolean {
  return content.host !== hostname() || isStillRunning(content);
}

function describe(content: LockContent): string {
  const where = content.host === hostname() ? '' : ` on ${content.host}`;
  return `process ${String(content.pid)}${where} (${content.purpose}) since ${content.since}`;
}

function describeSelf(purpose: string): LockContent {
  const self = identifyProcess(process.pid);
  return {
    pid: process.pid,
    started: self?.started ?? 'unknown',
    host: hostname(),
    purpose,
    since: new Date().toISOString(),
    nonce: randomUUID(),
  };
}

/** Puts the lock file in place with its content in one step, so that no reader sees half of it. */
function placeLock(file: string, content: LockContent): boolean {
  const draft = `${file}.${content.nonce}`;
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (isFileError(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Moves a dead owner's lock out of the way. Between reading and moving, another process may have
 * done the same and placed its own; that one is then put back.
 */
function removeDeadLock(file: string, dead: LockContent | undefined): void {
  const aside = `${file}.${randomUUID()}.dead`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return;
    throw error;
  }
  const moved = readLock(aside);
  if (moved !== undefined && moved.nonce !== dead?.nonce) {
    try {
      linkSync(aside, file);
    } catch (error) {
      if (!isFileError(error, 'EEXIST')) throw error;
    }
  }
  rmSync(aside, { force: true });
}

function releaseLock(file: string, own: LockContent): void {
  if (readLock(file)?.nonce === own.nonce) rmSync(file, { force: true });
}

/** Who holds the lock now, in words; `undefined` when it is free or its owner is gone. */
export function lockHolder(file: string): string | undefined {
  const content = readLock(file);
  return content !== undefined && isHeld(content) ? describe(content) : undefined;
}

/**
 * Tries to take the lock file for this process. A lock whose process no longer runs, or whose file
 * cannot be read as one of ours, is taken over.
 *
 * @param purpose said to whoever finds the lock held, for example "opal server".
 */
export function tryProcessLock(file: string, purpose: string): LockAttempt {
  mkdirSync(dirname(file), { recursive: true });
  const own = describeSelf(purpose);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if (placeLock(file, own)) {
      return {
        taken: true,
        lock: {
          release: () => {
            releaseLock(file, own);
          },
        },
      };
    }
    const present = readLock(file);
    if (present !== undefined && isHeld(present)) {
      return { taken: false, holder: describe(present) };
    }
    removeDeadLock(file, present);
  }
  return { taken: false, holder: 'processes that keep replacing each other' };
}
