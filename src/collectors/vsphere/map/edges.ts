import { to, type EdgeTarget, type EntityKind } from '../../../graph/model/index.js';
import { isVsphereType, kindOfType } from '../kind-of-type.js';
import type { ManagedObjectReference } from '../raw.js';

type Target = EdgeTarget | readonly EdgeTarget[];

/** Leaves out relationships whose other end is unknown. */
export function known<K extends string>(
  edges: Readonly<Record<K, Target | undefined>>,
): Partial<Record<K, Target>> {
  const kept: Partial<Record<K, Target>> = {};
  for (const name in edges) {
    const target = edges[name];
    if (target !== undefined) kept[name] = target;
  }
  return kept;
}

/** To an object of a fixed kind. */
export const edgeTo = (
  kind: EntityKind,
  reference: ManagedObjectReference | undefined,
): EdgeTarget | undefined => (reference === undefined ? undefined : to(kind, reference.value));

export const edgesTo = (
  kind: EntityKind,
  references: readonly ManagedObjectReference[],
): readonly EdgeTarget[] => references.map(({ value }) => to(kind, value));

/** To an object whose kind its type tells, where it is one of those that the relationship takes. */
export const edgeByType = (
  kinds: readonly EntityKind[],
  reference: ManagedObjectReference | undefined,
): EdgeTarget | undefined => {
  if (reference === undefined || !isVsphereType(reference.type)) return undefined;
  const kind = kindOfType(reference.type);
  return kinds.includes(kind) ? to(kind, reference.value) : undefined;
};
