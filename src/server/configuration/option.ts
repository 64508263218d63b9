import { z } from 'zod';

/** Headings of the configuration page, in its order. */
export const optionGroups = [
  'Server',
  'Database and queue',
  'GraphQL limits',
  'Collecting',
  'Migrating',
  'Command line',
] as const;
export type OptionGroup = (typeof optionGroups)[number];

/** One option: how it is called, what it may be, and what it means. */
export interface Option<Value> {
  /** Name of the environment variable. */
  readonly environment: string;
  readonly group: OptionGroup;
  /** One sentence for the reader of `--help` and of the configuration page. */
  readonly summary: string;
  /** What the value counts in, where it is a quantity. */
  readonly unit?: string;
  /** A secret is never taken from the command line, printed or logged. */
  readonly secret: boolean;
  /** The default as a reader would write it; empty where there is none. */
  readonly defaultText: string;
  /** The accepted values in words, said when a value is refused. */
  readonly accepts: string;
  readonly schema: z.ZodType<Value, string | undefined>;
}

/** What every kind of option has in common. */
export interface OptionFacts {
  readonly environment: string;
  readonly group: OptionGroup;
  readonly summary: string;
  readonly secret?: boolean;
}

function base({ environment, group, summary, secret = false }: OptionFacts) {
  return { environment, group, summary, secret };
}

/** A text that may be left out. */
export function optionalText(facts: OptionFacts, accepts = 'a text'): Option<string | undefined> {
  return { ...base(facts), accepts, defaultText: '', schema: z.string().optional() };
}

/** A text with a default. */
export function text(facts: OptionFacts, fallback: string, accepts = 'a text'): Option<string> {
  return { ...base(facts), accepts, defaultText: fallback, schema: z.string().default(fallback) };
}

/** An address with one of the given schemes, without a default. */
export function optionalUri(
  facts: OptionFacts,
  schemes: readonly string[],
): Option<string | undefined> {
  const accepts = `an address that starts with ${schemes.map((name) => `${name}://`).join(', ')}`;
  const schema = z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)),
    )
    .optional();
  return { ...base(facts), accepts, defaultText: '', schema };
}

/** A whole number within bounds. */
export function wholeNumber(
  facts: OptionFacts & { readonly unit?: string },
  fallback: number,
  bounds: { readonly from: number; readonly to: number },
): Option<number> {
  const schema = z
    .string()
    .regex(/^\d+$/u)
    .transform(Number)
    .pipe(z.number().int().min(bounds.from).max(bounds.to))
    .default(fallback);
  return {
    ...base(facts),
    ...(facts.unit === undefined ? {} : { unit: facts.unit }),
    accepts: `a whole number from ${String(bounds.from)} to ${String(bounds.to)}`,
    defaultText: String(fallback),
    schema,
  };
}

const durationUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A time span such as `90s`; its value is in milliseconds. */
export function duration(
  facts: OptionFacts,
  fallback: string,
  bounds: { readonly from: string; readonly to: string },
): Option<number> {
  const milliseconds = (value: string): number => {
    const match = /^(\d{1,9})(ms|s|m|h|d)$/u.exec(value);
    return Number(match?.[1] ?? Number.NaN) * (durationUnits[match?.[2] ?? ''] ?? Number.NaN);
  };
  const inBounds = (value: string): boolean =>
    milliseconds(value) >= milliseconds(bounds.from) &&
    milliseconds(value) <= milliseconds(bounds.to);
  return {
    ...base(facts),
    unit: 'time',
    accepts: `a time from ${bounds.from} to ${bounds.to}, written like 500ms, 30s, 5m, 2h or 1d`,
    defaultText: fallback,
    schema: z.string().default(fallback).refine(inBounds).transform(milliseconds),
  };
}

const byteUnits: Readonly<Record<string, number>> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/** An amount of data such as `2MiB`; its value is in bytes. */
export function byteSize(facts: OptionFacts, fallback: string, largest: string): Option<number> {
  const bytes = (value: string): number => {
    const match = /^(\d{1,9})(KiB|MiB|GiB)$/u.exec(value);
    return Number(match?.[1] ?? Number.NaN) * (byteUnits[match?.[2] ?? ''] ?? Number.NaN);
  };
  return {
    ...base(facts),
    unit: 'bytes',
    accepts: `an amount from 1KiB to ${largest}, written like 512KiB, 2MiB or 1GiB`,
    defaultText: fallback,
    schema: z
      .string()
      .default(fallback)
      .refine((value) => bytes(value) >= 1_024 && bytes(value) <= bytes(largest))
      .transform(bytes),
  };
}

/** One word out of a list. */
export function choice<const Word extends string>(
  facts: OptionFacts,
  words: readonly [Word, ...Word[]],
  fallback: NoInfer<Word>,
): Option<Word> {
  return {
    ...base(facts),
    accepts: `one of ${words.join(', ')}`,
    defaultText: fallback,
    schema: z
      .string()
      .default(fallback)
      .transform((value, context) => {
        const word = words.find((candidate) => candidate === value);
        if (word !== undefined) return word;
        context.addIssue({ code: 'custom', message: 'not one of the words' });
        return z.NEVER;
      }),
  };
}

/** Yes or no, written `true` or `false`. */
export function flag(facts: OptionFacts): Option<boolean> {
  const schema = z
    .string()
    .default('false')
    .refine((value) => value === 'true' || value === 'false')
    .transform((value) => value === 'true');
  return { ...base(facts), accepts: 'true or false', defaultText: 'false', schema };
}
