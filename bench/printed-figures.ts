import type { Figure } from './figures.js';

const line = /^(?<name>\S.*?)\s{2,}(?<value>-?\d[\d,]*(?:\.\d+)?)(?:\s+(?<unit>\S.*))?$/u;
const bound = /\((?<sign>>=|≥|<=|≤|<) ?(?<bound>\d+(?:\.\d+)?)\)/u;

const boundIn = (name: string): Pick<Figure, 'atMost' | 'atLeast'> => {
  const { sign, bound: value } = bound.exec(name)?.groups ?? {};
  if (sign === undefined) return {};
  return sign.startsWith('<') || sign === '≤'
    ? { atMost: Number(value) }
    : { atLeast: Number(value) };
};

/** Figures that a part printed as lines of name, value and unit, a bound in the name's brackets. */
export const figuresIn = (output: string): readonly Figure[] =>
  output.split('\n').flatMap((text) => {
    const { name, value, unit } = line.exec(text.trimEnd())?.groups ?? {};
    if (name === undefined || value === undefined) return [];
    return [{ name, value: Number(value.replaceAll(',', '')), unit: unit ?? '', ...boundIn(name) }];
  });
