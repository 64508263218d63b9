import type { Blueprint } from './blueprint.js';
import type { JsonObject } from './manifest.js';

/** References to an instance type and a preference, where they were chosen. */
export const matchersOf = ({ choices }: Blueprint): JsonObject => ({
  ...(choices.instanceType.value === null ? {} : { instancetype: choices.instanceType.value }),
  ...(choices.preference.value === null ? {} : { preference: choices.preference.value }),
});
