import { hash } from 'node:crypto';
import type { OwnedParts, PreparedEdge, StoredValue } from './prepared-record.js';

/** 132 bits tell records apart; the rest would only take space in the graph. */
const hashLength = 22;

/**
 * Hash of all that a collector says about an object. The ids of its parts belong to it, so that a
 * part that vanished shows as a change of its owner. Values come in the order of the model.
 */
export function recordHash(
  name: string,
  values: Readonly<Record<string, StoredValue>>,
  edges: readonly PreparedEdge[],
  parts: OwnedParts | undefined,
  unread: readonly string[] = [],
): string {
  const said = JSON.stringify([
    name,
    values,
    edges.map(({ edge, target, properties }) => [edge, target, properties]),
    parts === undefined ? null : [...parts.ids].sort(),
    // Else a record without a relationship would look like one that does not know of it.
    ...(unread.length === 0 ? [] : [unread]),
  ]);
  return hash('sha256', said, 'base64url').slice(0, hashLength);
}
