import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const mebibyte = 2 ** 20;
const sampleMs = 20;

function residentNow(pid: number): number {
  const kibibytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return (Number(kibibytes) * 1_024) / mebibyte;
}

/** The kernel keeps the peak itself and forgets it on request; only Linux does. */
function resetPeak(pid: number): boolean {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    return true;
  } catch {
    return false;
  }
}

function keptPeak(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB/mu.exec(status) ?? [];
  return (Number(kibibytes) * 1_024) / mebibyte;
}

/** Most memory, in MiB, that a process has resident while the work runs. */
export async function peakDuring(pid: number, work: () => Promise<unknown>): Promise<number> {
  if (resetPeak(pid)) {
    await work();
    return keptPeak(pid);
  }
  let peak = residentNow(pid);
  const timer = setInterval(() => (peak = Math.max(peak, residentNow(pid))), sampleMs);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return peak;
}
