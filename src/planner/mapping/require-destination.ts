import { PlanError } from '../planner-error.js';
import type { TargetFacts } from '../target/target-facts.js';
import type { NetworkDestination, StorageDestination } from './mapping.js';
import { nameSimilarity } from './similarity.js';

/** As many as one can read in an error. */
const mostNames = 10;

/** Letters that two names share from their beginning: tells a slip at the end of a name. */
function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** Names with the nearest one first. */
const nearestFirst = (wanted: string, names: readonly string[]): string[] =>
  [...names].sort(
    (one, other) =>
      nameSimilarity(wanted, other) - nameSimilarity(wanted, one) ||
      sharedStart(wanted, other) - sharedStart(wanted, one) ||
      (one < other ? -1 : 1),
  );

function refuse(subject: string, kind: string, names: readonly string[]): PlanError {
  const shown = nearestFirst(subject, names).slice(0, mostNames);
  const more =
    names.length > shown.length ? ` and ${String(names.length - shown.length)} more` : '';
  return new PlanError({
    code: 'plan.destination-missing',
    what: `The target has no ${kind} ${subject}`,
    subject,
    why: names.length === 0 ? 'it has none at all' : `it has ${shown.join(', ')}${more}`,
    remedy: 'Take one that it has. If it was made just now, collect the target again first.',
  });
}

/** @throws PlanError where the inventory of the target has no such NetworkAttachmentDefinition. */
export function requireNetwork(target: TargetFacts, destination: NetworkDestination | null): void {
  if (destination?.type !== 'multus') return;
  const wanted = `${destination.namespace}/${destination.name}`;
  const names = target.networkAttachments.map(({ namespace, name }) => `${namespace}/${name}`);
  if (!names.includes(wanted)) throw refuse(wanted, 'NetworkAttachmentDefinition', names);
}

/** @throws PlanError where the inventory of the target has no such storage class. */
export function requireStorage(target: TargetFacts, destination: StorageDestination | null): void {
  if (destination === null) return;
  const names = target.storageClasses.map(({ name }) => name);
  if (!names.includes(destination.storageClass)) {
    throw refuse(destination.storageClass, 'storage class', names);
  }
}
