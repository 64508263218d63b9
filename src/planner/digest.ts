import { createHash } from 'node:crypto';

/** Hexadecimal digits that stand for a text: the same ones for the same text, always. */
export const digest = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length);
