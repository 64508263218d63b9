import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const tailBytes = 4_096;

/** The last lines of a log file in one line of text, empty when there is none. Reads 4 KiB at most. */
export function readLogTail(file: string, lines = 8): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return '';
  }
  try {
    const buffer = Buffer.alloc(tailBytes);
    const from = Math.max(0, fstatSync(descriptor).size - tailBytes);
    const length = readSync(descriptor, buffer, 0, tailBytes, from);
    const text = buffer.subarray(0, length).toString('utf8').trim();
    return text.split('\n').slice(-lines).join(' | ');
  } finally {
    closeSync(descriptor);
  }
}
