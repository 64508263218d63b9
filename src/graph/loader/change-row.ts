import type { EntityKind } from '../model/index.js';
import type { FieldChange } from './changed-fields.js';
import { encodeNumber } from './encode-values.js';
import type { LoadStamp } from './load-stamp.js';

export type ChangeType = 'added' | 'changed' | 'removed';

/** A node (:Change) as it is sent. */
export type ChangeRow = Readonly<Record<string, unknown>>;

/**
 * What one batch of one sync did to one entity. `fields` is JSON, field name to `{old, new}`,
 * because the values are of all types. `added` is a return from a tombstone.
 */
export function changeRow(
  entity: { readonly id: string; readonly kind: EntityKind; readonly name: string },
  type: ChangeType,
  fields: Readonly<Record<string, FieldChange>>,
  stamp: LoadStamp,
): ChangeRow {
  return {
    id: `${entity.id}@${stamp.sync}.${stamp.batch}`,
    source: stamp.source,
    sync: encodeNumber(stamp.sync),
    batch: encodeNumber(stamp.batch),
    entity: entity.id,
    kind: entity.kind,
    name: entity.name,
    type,
    fields: JSON.stringify(fields),
    at: stamp.at,
  };
}
