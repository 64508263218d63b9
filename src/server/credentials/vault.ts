import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { CredentialError } from './credential-error.js';
import { readKeyFile, type SealingKey } from './key-file.js';
import { Secret } from './secret.js';

const algorithm = 'aes-256-gcm';
const format = 'opal1';
/** The length that GCM is specified for. */
const nonceBytes = 12;
const tagBytes = 16;

/** Seals and opens the credentials of sources. What is sealed for one source opens for no other. */
export interface CredentialVault {
  /**
   * @param credentials JSON values and {@link Secret}s, which are revealed inside.
   * @returns a text safe to store: format, key id, nonce, ciphertext and tag.
   */
  sealCredentials(sourceId: string, credentials: object): string;
  /** @throws CredentialError when the key is gone, or the text was changed or is of another source. */
  openCredentials(sourceId: string, sealed: string): unknown;
  /** Seals anew with the current key; the same text when that key sealed it already. */
  resealCredentials(sourceId: string, sealed: string): string;
}

function revealSecrets(value: unknown): unknown {
  if (value instanceof Secret) return value.reveal();
  if (Array.isArray(value)) return value.map(revealSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, revealSecrets(field)]),
  );
}

/** Binds the text to its source, its key and the way it was made. */
function associatedData(sourceId: string, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([format, keyId, sourceId]), 'utf8');
}

function sealWith(key: SealingKey, sourceId: string, credentials: object): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key.bytes, nonce, { authTagLength: tagBytes });
  cipher.setAAD(associatedData(sourceId, key.id));
  const plain = JSON.stringify(revealSecrets(credentials));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  const parts = [nonce, body, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return [format, key.id, ...parts].join('.');
}

function missingKey(sourceId: string): CredentialError {
  return new CredentialError({
    code: 'credentials.key.missing',
    what: 'The stored credentials cannot be opened',
    subject: sourceId,
    why: 'the key that sealed them is not in the key file',
    remedy: 'Restore the key file from a backup, or enter the credentials of this source again',
    retryable: false,
  });
}

function damaged(sourceId: string): CredentialError {
  return new CredentialError({
    code: 'credentials.damaged',
    what: 'The stored credentials cannot be opened',
    subject: sourceId,
    why: 'they were changed after they were sealed, or belong to another source',
    remedy: 'Enter the credentials of this source again',
    retryable: false,
  });
}

interface SealedParts {
  readonly keyId: string;
  readonly nonce: Buffer;
  readonly body: Buffer;
  readonly tag: Buffer;
}

function splitSealed(sourceId: string, sealed: string): SealedParts {
  const [found, keyId, nonce, body, tag, ...rest] = sealed.split('.');
  if (
    found !== format ||
    keyId === undefined ||
    nonce === undefined ||
    body === undefined ||
    tag === undefined ||
    rest.length > 0
  ) {
    throw damaged(sourceId);
  }
  return {
    keyId,
    nonce: Buffer.from(nonce, 'base64url'),
    body: Buffer.from(body, 'base64url'),
    tag: Buffer.from(tag, 'base64url'),
  };
}

function openWith(key: SealingKey, sourceId: string, parts: SealedParts): unknown {
  try {
    const decipher = createDecipheriv(algorithm, key.bytes, parts.nonce, {
      authTagLength: tagBytes,
    });
    decipher.setAAD(associatedData(sourceId, key.id));
    decipher.setAuthTag(parts.tag);
    const plain = Buffer.concat([decipher.update(parts.body), decipher.final()]);
    return JSON.parse(plain.toString('utf8'));
  } catch {
    // The cause could quote what was decrypted.
    throw damaged(sourceId);
  }
}

/**
 * Opens the vault of a key file, which is made at first use. The file is read at every call, so that
 * a rotated key counts at once.
 *
 * @throws CredentialError when the key file cannot be used.
 */
export function openVault(keyFile: string): CredentialVault {
  readKeyFile(keyFile);
  const openCredentials = (sourceId: string, sealed: string): unknown => {
    const parts = splitSealed(sourceId, sealed);
    const key = readKeyFile(keyFile).find(({ id }) => id === parts.keyId);
    if (key === undefined) throw missingKey(sourceId);
    return openWith(key, sourceId, parts);
  };
  return {
    openCredentials,
    sealCredentials: (sourceId, credentials) =>
      sealWith(readKeyFile(keyFile)[0], sourceId, credentials),
    resealCredentials: (sourceId, sealed) => {
      const [current] = readKeyFile(keyFile);
      if (splitSealed(sourceId, sealed).keyId === current.id) return sealed;
      const opened = openCredentials(sourceId, sealed);
      if (typeof opened !== 'object' || opened === null) throw damaged(sourceId);
      return sealWith(current, sourceId, opened);
    },
  };
}
