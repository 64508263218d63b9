import { InvalidArgumentError } from 'commander';

/** A whole number of at least 1 on the command line. */
export const wholeNumber = (value: string): number => {
  const parsed = Number(value);
  if (Number.isInteger(parsed) && parsed >= 1) return parsed;
  throw new InvalidArgumentError('It has to be a whole number of at least 1.');
};

/** Gathers an option that may be given more than once. */
export const each = (value: string, before: readonly string[]): readonly string[] => [
  ...before,
  value,
];
