import { createHash } from 'node:crypto';

const digest = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length);

const shortName = /^[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?$/u;

/** Eight characters that stand for a plan in the names of its objects. */
export const planKey = (planId: string): string => digest(planId, 8);

/** The source's own reference where a name may hold it (`vm-1234`), else a hash of it. */
export const machineKey = (externalId: string): string =>
  shortName.test(externalId) ? externalId : digest(externalId, 12);

/**
 * Name of a helper object of one machine's migration. The same plan and machine always give the
 * same name, so that a second attempt meets the first one's object instead of making another.
 */
export const objectName = (planId: string, externalId: string, part: string): string =>
  `opal-${planKey(planId)}-${machineKey(externalId)}-${part}`;
