import { kindDefinition, type EntityKind } from '../model/index.js';
import { loadedEdges } from './load-cypher.js';
import type { PreparedEdge, PreparedRecord, StoredValue } from './prepared-record.js';

/** What the database holds of an entity: properties, and the relationships it owns. */
export interface StoredEntity {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly removed: boolean;
  readonly edges: readonly PreparedEdge[];
}

export interface FieldChange {
  readonly old: unknown;
  readonly new: unknown;
}

export interface EntityDifference {
  readonly fields: Readonly<Record<string, FieldChange>>;
  /** Properties to set; null removes one. */
  readonly values: Readonly<Record<string, StoredValue | null>>;
  readonly newEdges: readonly PreparedEdge[];
  readonly oldEdges: readonly PreparedEdge[];
}

const same = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

function changedValues(
  stored: StoredEntity,
  record: PreparedRecord,
): Record<string, { old: unknown; new: StoredValue | null }> {
  const changes: Record<string, { old: unknown; new: StoredValue | null }> = {};
  const compare = (name: string, now: StoredValue | undefined): void => {
    const before = stored.properties[name] ?? null;
    if (!same(before, now ?? null)) changes[name] = { old: before, new: now ?? null };
  };
  compare('name', record.name);
  for (const [name, { derived }] of Object.entries(kindDefinition(record.kind).properties)) {
    if (derived !== true) compare(name, record.values[name]);
  }
  return changes;
}

const canonical = (properties: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));

const edgeKey = ({ edge, target, properties }: PreparedEdge): string =>
  `${edge} ${target} ${canonical(properties)}`;

function missingFrom(
  edges: readonly PreparedEdge[],
  others: readonly PreparedEdge[],
): PreparedEdge[] {
  const known = new Set(others.map(edgeKey));
  return edges.filter((edge) => !known.has(edgeKey(edge)));
}

/** An edge with other properties is written over, not taken away. */
function withoutTargets(edges: PreparedEdge[], kept: readonly PreparedEdge[]): PreparedEdge[] {
  const targets = new Set(kept.map(({ edge, target }) => `${edge} ${target}`));
  return edges.filter(({ edge, target }) => !targets.has(`${edge} ${target}`));
}

function changedEdges(
  kind: EntityKind,
  old: readonly PreparedEdge[],
  now: readonly PreparedEdge[],
): Record<string, FieldChange> {
  const changes: Record<string, FieldChange> = {};
  const targets = (edges: readonly PreparedEdge[], name: string): string[] =>
    edges
      .filter(({ edge }) => edge === name)
      .map(({ target }) => target)
      .sort();
  for (const [name] of loadedEdges(kind)) {
    const before = targets(old, name);
    const after = targets(now, name);
    if (!same(before, after)) changes[name] = { old: before, new: after };
  }
  return changes;
}

/** What a record changes on the entity that is stored. Nothing where both say the same. */
export function differenceOf(stored: StoredEntity, record: PreparedRecord): EntityDifference {
  const values = changedValues(stored, record);
  const unread = new Set(record.unread);
  const storedEdges = stored.edges.filter(({ edge }) => !unread.has(edge));
  const newEdges = missingFrom(record.edges, storedEdges);
  const oldEdges = withoutTargets(missingFrom(storedEdges, record.edges), record.edges);
  return {
    fields: { ...values, ...changedEdges(record.kind, storedEdges, record.edges) },
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.new])),
    newEdges,
    oldEdges,
  };
}
