import type { Category } from './rule/rule.js';
import type { Workload } from './workload/workload.js';

/** What the concerns say about migrating a machine. */
export const Readiness = {
  ready: 'ready',
  readyWithWarnings: 'readyWithWarnings',
  blocked: 'blocked',
  /** Nothing blocks it as far as can be told, but its configuration could not be read. */
  unknown: 'unknown',
} as const;
export type Readiness = (typeof Readiness)[keyof typeof Readiness];

/**
 * A blocker counts even where the rest is unreadable; where nothing blocks, an unreadable
 * configuration counts before warnings: rules that found nothing had nothing to look at.
 *
 * @param categories categories of the concerns that are neither fixed nor waived.
 */
export function readinessOf(
  categories: Iterable<Category>,
  unknownBecause: string | null,
): Readiness {
  const found = new Set(categories);
  if (found.has('Critical')) return Readiness.blocked;
  if (unknownBecause !== null) return Readiness.unknown;
  return found.has('Warning') ? Readiness.readyWithWarnings : Readiness.ready;
}

/** States in which a manager answers with what it last knew, or with nothing. */
const unreadableStates = new Set(['disconnected', 'orphaned', 'inaccessible', 'invalid']);

/**
 * Why the configuration of a machine cannot be relied on, or null where it can. A silent guest is
 * no reason: machines that are off have none, and what is then missing has rules of its own.
 */
export function unreadableBecause(vm: Workload): string | null {
  if (vm.connectionState !== null && unreadableStates.has(vm.connectionState)) {
    return `The source reports the machine as ${vm.connectionState}`;
  }
  if (vm.cpuCount === null && vm.memoryMB === null && vm.disks.length === 0) {
    return 'The source gives neither CPUs, memory nor disks of the machine';
  }
  return null;
}
