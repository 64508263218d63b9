import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Reads a secret from a file, which is made with 0600 and `make()` at first use. The file appears
 * whole or not at all; of two processes that make it at once, both return the one that stayed.
 */
export function secretFromFile(
  file: string,
  make: () => string = () => randomBytes(32).toString('hex'),
): string {
  const present = readIfThere(file);
  if (present !== undefined && present !== '') return present;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (present === '') rmSync(file, { force: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${make()}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}
