import { readFile } from 'node:fs/promises';
import { ClusterAccessError } from '../errors.js';
import type { ClusterAccess } from './resolve.js';

const rereadAfterMs = 60_000;
const read = new Map<string, { readonly token: string; readonly at: number }>();

async function fromFile(file: string): Promise<string> {
  const known = read.get(file);
  const now = Date.now();
  if (known !== undefined && now - known.at < rereadAfterMs) return known.token;
  try {
    const token = (await readFile(file, 'utf8')).trim();
    read.set(file, { token, at: now });
    return token;
  } catch (error) {
    throw new ClusterAccessError(
      file,
      'the token of the service account cannot be read',
      'Check that the pod mounts the token of its service account.',
      { cause: error },
    );
  }
}

/** The token to send now. A projected token is read again every minute, for it is replaced. */
export async function bearerToken({ token }: ClusterAccess): Promise<string | undefined> {
  if (token === undefined) return undefined;
  return 'value' in token ? token.value : fromFile(token.file);
}
