import type { MachineFacts } from '../source/machine-facts.js';
import type { JsonObject } from './manifest.js';

/**
 * A TPM that keeps its state, or explicitly none: a preference would otherwise add one, and a guest
 * that finds a new TPM may lock its disks with it.
 */
export const tpmOf = ({ tpmPresent }: MachineFacts): JsonObject =>
  tpmPresent === true ? { persistent: true } : { enabled: false };
