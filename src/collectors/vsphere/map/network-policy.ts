import type { Fields } from './fields.js';

export const failureDetection = (
  checksBeacon: boolean | undefined,
): 'beacon' | 'linkStatus' | undefined => {
  if (checksBeacon === undefined) return undefined;
  return checksBeacon ? 'beacon' : 'linkStatus';
};

/** A rolling order is one in which traffic does not go back. */
export const opposite = (flag: boolean | undefined): boolean | undefined =>
  flag === undefined ? undefined : !flag;

const megabits = (bitsPerSecond: number | undefined): number | undefined =>
  bitsPerSecond === undefined ? undefined : Math.ceil(bitsPerSecond / 1_000_000);

/** Average rate of a port group of a standard switch, where it is shaped. */
export const limitOfGroup = (shaping: Fields): number | undefined =>
  shaping.flag('enabled') === true ? megabits(shaping.integer('averageBandwidth')) : undefined;

/** The same for a distributed one, whose values stand in policies. */
export const limitOfPort = (shaping: Fields): number | undefined =>
  shaping.part('enabled').flag('value') === true
    ? megabits(shaping.part('averageBandwidth').integer('value'))
    : undefined;
