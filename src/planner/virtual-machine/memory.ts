import type { MachineFacts } from '../source/machine-facts.js';
import type { JsonObject } from './manifest.js';

/** The configured memory; a machine without any on record cannot be admitted, and validation says so. */
export const memoryOf = ({ memoryMB }: MachineFacts): JsonObject => ({
  guest: `${memoryMB ?? 0}Mi`,
});
