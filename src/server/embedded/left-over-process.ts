import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Logger } from '../../telemetry/logger.js';
import { identifyProcess, isStillRunning, type ProcessIdentity } from './process-identity.js';

const recordedProcess = z.object({ pid: z.number().int(), started: z.string() });

function recordFile(folder: string): string {
  return join(folder, 'server.json');
}

/** Notes which process serves this folder, so that a later start can end it if it was left over. */
export function rememberServer(folder: string, pid: number): void {
  const identity = identifyProcess(pid);
  if (identity === undefined) return;
  writeFileSync(recordFile(folder), JSON.stringify(identity), { mode: 0o600 });
}

/** Removes the note of {@link rememberServer}. */
export function forgetServer(folder: string): void {
  rmSync(recordFile(folder), { force: true });
}

function readRecord(folder: string): ProcessIdentity | undefined {
  try {
    const parsed = recordedProcess.safeParse(JSON.parse(readFileSync(recordFile(folder), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  try {
    if (isStillRunning(identity)) process.kill(identity.pid, name);
  } catch {
    // It left between the look and the signal.
  }
}

async function waitUntilGone(identity: ProcessIdentity, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (isStillRunning(identity)) {
    if (Date.now() > deadline) return false;
    await delay(100);
  }
  return true;
}

/**
 * Ends the server that an earlier run of ours left behind in this folder. The record holds when that
 * process started, so that a stranger with the same process number is never touched.
 */
export async function endLeftOver(folder: string, graceMs: number, logger: Logger): Promise<void> {
  const record = readRecord(folder);
  if (record !== undefined && isStillRunning(record)) {
    logger.warn({ pid: record.pid, folder }, 'Ending a server that an earlier run left behind');
    signal(record, 'SIGTERM');
    if (!(await waitUntilGone(record, graceMs))) {
      signal(record, 'SIGKILL');
      await waitUntilGone(record, graceMs);
    }
  }
  forgetServer(folder);
}
