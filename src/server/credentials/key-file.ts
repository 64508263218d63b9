import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { secretFromFile } from '../embedded/secret-file.js';
import { CredentialError } from './credential-error.js';

const keyBytes = 32;

/** One AES-256 key. Its id is the beginning of its digest, so that a file of keys needs no names. */
export interface SealingKey {
  readonly id: string;
  readonly bytes: Buffer;
}

function newKeyLine(): string {
  return randomBytes(keyBytes).toString('base64');
}

function parseKey(line: string, file: string): SealingKey {
  const bytes = Buffer.from(line, 'base64');
  if (bytes.length !== keyBytes) {
    throw new CredentialError({
      code: 'credentials.key.malformed',
      what: 'The key file cannot be used',
      subject: file,
      why: `a line of it is not a key of ${String(keyBytes)} bytes in base64`,
      remedy: 'Restore the file from a backup, or make a key with "openssl rand -base64 32"',
      retryable: false,
    });
  }
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return { id, bytes };
}

function unreadable(file: string, cause: unknown): CredentialError {
  return new CredentialError(
    {
      code: 'credentials.key.unreadable',
      what: 'The key file cannot be read',
      subject: file,
      why: cause instanceof Error ? cause.message : String(cause),
      remedy: 'Let the user of the server read the file, or name another one in OPAL_KEY_FILE',
      retryable: false,
    },
    { cause },
  );
}

/**
 * Reads the keys, the one for sealing first; each line holds one in base64. A missing file is made
 * with a fresh key and mode 0600.
 *
 * @throws CredentialError when the file cannot be read or holds something else.
 */
export function readKeyFile(file: string): readonly [SealingKey, ...SealingKey[]] {
  let content: string;
  try {
    content = secretFromFile(file, newKeyLine);
  } catch (error) {
    throw unreadable(file, error);
  }
  const lines = content.split('\n').filter((line) => line.trim() !== '');
  const [current = '', ...older] = lines;
  return [parseKey(current, file), ...older.map((line) => parseKey(line, file))];
}

/** Puts a fresh key in front. The older ones stay, to open what they have sealed. */
export function addKey(file: string): void {
  readKeyFile(file);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, `${newKeyLine()}\n${readFileSync(file, 'utf8')}`, { mode: 0o600 });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Leaves only the current key. Call it when everything was sealed anew. */
export function dropOlderKeys(file: string): void {
  const [current] = readKeyFile(file);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${current.bytes.toString('base64')}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** True where others than the owner and the group may read the file. */
export function isReadableByOthers(file: string): boolean {
  return (statSync(file).mode & 0o004) !== 0;
}
