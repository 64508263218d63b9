import { SearchError } from './search-error.js';

/** Spellings of each unit of time; the first is the one that a search is kept with. */
export const timeUnits = {
  seconds: ['s', 'sec', 'second', 'seconds'],
  minutes: ['min', 'minute', 'minutes'],
  hours: ['h', 'hour', 'hours'],
  days: ['d', 'day', 'days'],
  weeks: ['w', 'week', 'weeks'],
  months: ['mo', 'month', 'months'],
  years: ['y', 'year', 'years'],
} as const;
type TimeUnit = keyof typeof timeUnits;

const unitNames: readonly TimeUnit[] = [
  'seconds',
  'minutes',
  'hours',
  'days',
  'weeks',
  'months',
  'years',
];

const secondsOf = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400, weeks: 604_800 } as const;

/** A stretch of time as its parts, so that a month keeps the length that the calendar gives it. */
export type Duration = readonly { readonly count: number; readonly unit: TimeUnit }[];

const unitNamed = (word: string): TimeUnit | undefined =>
  unitNames.find((unit) => timeUnits[unit].some((spelling) => spelling === word));

const refuse = (written: string, why: string): SearchError =>
  new SearchError({
    what: 'The stretch of time cannot be read',
    subject: written,
    why,
    remedy: 'Write a number and a unit: 30s, 15 min, 12h, 90d, 2w, 6 months, 1 year.',
  });

const isoDuration =
  /^P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/i;
const isoUnits = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const;

const isoParts = (written: string): Duration | undefined => {
  const counts: readonly (string | undefined)[] | undefined = isoDuration.exec(written)?.slice(1);
  return counts?.flatMap((count, index) => {
    const unit = isoUnits[index];
    return unit === undefined || count === undefined ? [] : [{ count: Number(count), unit }];
  });
};

/**
 * A stretch of time: `90d`, `2 weeks`, or an ISO 8601 duration such as `P1Y6M` or `PT12H`.
 * Throws SearchError; `m` alone too, which some mean minutes by and others months.
 */
export const parseDuration = (written: string): Duration => {
  const iso = isoParts(written.trim());
  if (iso !== undefined && iso.length > 0) return iso;
  const [, digits, word] = /^\s*(\d{1,6})\s*([a-z]+)\s*$/i.exec(written) ?? [];
  if (digits === undefined || word === undefined) {
    throw refuse(written.slice(0, 40), 'it is no whole number with a unit of time');
  }
  const unit = unitNamed(word.toLowerCase());
  if (unit !== undefined) return [{ count: Number(digits), unit }];
  throw refuse(
    written.trim(),
    word === 'm' ? "'m' may mean minutes or months" : `'${word}' is no unit of time`,
  );
};

/** The moment so long before now, in the form that a search keeps: `now-90d`, `now-1y-6mo`. */
export const beforeNow = (duration: Duration): string =>
  ['now', ...duration.map(({ count, unit }) => `${count}${timeUnits[unit][0]}`)].join('-');

/** Seconds of a stretch without months and years, which have no length of their own. */
export const secondsIn = (duration: Duration): number | undefined => {
  let seconds = 0;
  for (const { count, unit } of duration) {
    if (unit === 'months' || unit === 'years') return undefined;
    seconds += count * secondsOf[unit];
  }
  return seconds;
};

/** The last day of a shorter month stands for one that it does not have. */
const monthsEarlier = (moment: Date, months: number): Date => {
  const earlier = new Date(moment);
  earlier.setUTCMonth(moment.getUTCMonth() - months);
  if (earlier.getUTCDate() !== moment.getUTCDate()) earlier.setUTCDate(0);
  return earlier;
};

const earlierBy = (moment: Date, { count, unit }: Duration[number]): Date => {
  if (unit === 'months') return monthsEarlier(moment, count);
  if (unit === 'years') return monthsEarlier(moment, 12 * count);
  return new Date(moment.getTime() - count * secondsOf[unit] * 1000);
};

const relativeForm = /^now(?:\s*-\s*\d{1,6}\s*[a-z]+)*$/i;

/** Whether a text is a moment seen from now. */
export const isRelative = (written: string): boolean => relativeForm.test(written);

const partsOf = (written: string): Duration =>
  written
    .split('-')
    .slice(1)
    .flatMap((part) => parseDuration(part));

/** A moment seen from now in the form that a search keeps. Throws SearchError. */
export const canonicalRelative = (written: string): string => beforeNow(partsOf(written));

/**
 * The moment that is meant at `now`; 1970 for one beyond what a date can hold. Undefined where the
 * text is none seen from now. Throws SearchError for a unit that is none.
 */
export const momentBefore = (written: string, now: Date): Date | undefined => {
  if (!isRelative(written)) return undefined;
  // Searches that were saved by earlier versions say `m` for minutes.
  const moment = partsOf(written.replaceAll(/(\d)m(?=-|$)/g, '$1min')).reduce(earlierBy, now);
  return Number.isNaN(moment.getTime()) || moment.getUTCFullYear() < 0 ? new Date(0) : moment;
};
