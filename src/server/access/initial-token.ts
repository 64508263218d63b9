import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { secretFromFile } from '../embedded/secret-file.js';
import type { Access } from './access.js';
import { isTokenText, makeTokenText } from './token-text.js';
import { TokenError } from './access-error.js';

/** The first token, which lets the person who started the server in. */
export interface InitialToken {
  readonly file: string;
  readonly text: string;
}

/** Where the first token stands, 0600. */
export function initialTokenFile(dataDir: string): string {
  return join(dataDir, 'admin-token');
}

/**
 * Makes sure that somebody can log in. The first start writes an administrator's token into the data
 * folder. The file may be deleted once other administrators have tokens; it is not made again while
 * one of them is valid. A token that somebody with access to the folder puts there counts from the
 * next start, which is the way back in when all are lost.
 *
 * @returns the token in the file, `undefined` when there is none and none is needed.
 */
export async function ensureInitialToken(
  access: Access,
  dataDir: string,
): Promise<InitialToken | undefined> {
  const file = initialTokenFile(dataDir);
  if (!existsSync(file) && (await access.hasActiveAdmin())) return undefined;
  const text = secretFromFile(file, makeTokenText);
  if (!isTokenText(text)) {
    throw new TokenError({
      code: 'access.initial-token.malformed',
      what: 'The file with the first token cannot be used',
      subject: file,
      why: 'it does not hold a token',
      remedy: 'Delete the file and start again',
      retryable: false,
    });
  }
  if (!(await access.isRegistered(text))) {
    await access.register(text, { name: 'first start', role: 'admin', createdBy: 'opal server' });
  }
  return { file, text };
}
