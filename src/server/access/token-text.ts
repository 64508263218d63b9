import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The prefix lets secret scanners find a token that leaked. */
const prefix = 'opal_';
const pattern = /^opal_[A-Za-z0-9_-]{43}$/u;

/** A new token with 256 random bits. */
export function makeTokenText(): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** True for texts that {@link makeTokenText} could have made. */
export function isTokenText(text: string): boolean {
  return pattern.test(text);
}

/** What is stored of a token. A plain digest is enough, 256 random bits cannot be guessed. */
export function hashToken(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Compares two digests in a time that does not depend on where they differ. */
export function equalHashes(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The token in the value of an Authorization header, where there is a well-formed one. */
export function bearerToken(header: string | undefined): string | undefined {
  const token = /^Bearer +(\S+)$/iu.exec(header ?? '')?.[1];
  return token !== undefined && isTokenText(token) ? token : undefined;
}
