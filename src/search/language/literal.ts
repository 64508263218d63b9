import type { IToken } from 'chevrotain';
import type { Span, ValueSyntax } from './syntax.js';

export const spanOf = (token: IToken): Span => ({
  offset: token.startOffset,
  length: token.image.length,
});

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/**
 * The text between the quotes. A doubled quote is one quote. After a backslash n, t, r stand for
 * their control letters and a quote for itself; before anything else the backslash stays, so that
 * a regular expression can be written as it is.
 */
export const textLiteral = (token: IToken): ValueSyntax => {
  const quote = token.image.charAt(0);
  const inner = token.image.slice(1, -1);
  const value =
    quote === '`'
      ? inner
      : inner
          .replaceAll(quote + quote, quote)
          .replace(/\\(['"ntr])/g, (_, letter: string) => escapes[letter] ?? letter);
  return { value, suffixed: false, ...spanOf(token) };
};

const powers = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** A number with its suffix counted in: k, M, G, T, P, E by 1000; Ki, Mi, … by 1024. */
export const numberLiteral = (token: IToken): ValueSyntax => {
  const parts = /^(-?[\d.]+)([kKMGTPE]?)(i?)(B?)$/.exec(token.image);
  const [, digits = '0', letter = '', binary = '', bytes = ''] = parts ?? [];
  const factor = (binary === 'i' ? 1024 : 1000) ** powers.indexOf(letter.toUpperCase());
  return {
    value: Number(digits) * factor,
    suffixed: letter !== '' || bytes !== '',
    ...spanOf(token),
  };
};

export const wordLiteral = (token: IToken, value: string | boolean | null): ValueSyntax => ({
  value,
  suffixed: false,
  ...spanOf(token),
});

/** A stretch of time, kept as it was written until it is known what it is compared with. */
export const durationLiteral = (token: IToken): ValueSyntax => ({
  ...wordLiteral(token, token.image),
  duration: true,
});

/** A moment seen from now: `now - 90d`, or `90 days ago`, which is the same. */
export const momentLiteral = (token: IToken): ValueSyntax =>
  wordLiteral(token, token.image.toLowerCase().replace(/^(\d.*?)\s+ago$/s, 'now-$1'));
