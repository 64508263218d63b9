import {
  entityId,
  entityKinds,
  kindDefinition,
  type AnyRecord,
  type EdgeDefinition,
  type EdgeTarget,
  type EntityKind,
  type PropertyDefinition,
} from '../model/index.js';
import { recordHash } from './record-hash.js';

/** Values that both JavaScript and the database hold. */
export type StoredValue = string | number | boolean | readonly string[] | readonly number[];

export interface PreparedEdge {
  /** Field name of the relationship in the kind's declaration. */
  readonly edge: string;
  /** Id of the node at the other end. */
  readonly target: string;
  readonly properties: Readonly<Record<string, StoredValue>>;
}

/** A record with its values checked against the model, ready to be written. */
export interface PreparedRecord {
  readonly kind: EntityKind;
  readonly id: string;
  readonly externalId: string;
  readonly name: string;
  readonly values: Readonly<Record<string, StoredValue>>;
  readonly edges: readonly PreparedEdge[];
  /** Relationships by field name of which the source said nothing this time. */
  readonly unread?: readonly string[];
  /** Id of the entity this is a part of. */
  readonly owner?: string;
  /** Parts of this entity, where the collector gives them with it. */
  readonly parts?: OwnedParts;
  readonly hash: string;
}

export interface OwnedParts {
  /** Kinds that are given as a whole with the owner. */
  readonly kinds: readonly EntityKind[];
  readonly ids: readonly string[];
}

/** A value that could not be kept as it was. */
export interface UnusableValue {
  readonly what: string;
  readonly why: string;
}

/** The database refuses index keys of 8 KiB; a character may take 4 bytes. */
const longestIndexedText = 1_900;

const isText = (value: unknown): value is string => typeof value === 'string';
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

function fits(value: unknown, { type }: PropertyDefinition): value is StoredValue {
  switch (type) {
    case 'text':
    case 'moment':
      return isText(value);
    case 'integer':
      return isWhole(value);
    case 'float':
      return Number.isFinite(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'textList':
      return Array.isArray(value) && value.every(isText);
    case 'integerList':
      return Array.isArray(value) && value.every(isWhole);
  }
}

interface Shape {
  readonly properties: readonly (readonly [string, PropertyDefinition])[];
  readonly edges: readonly (readonly [string, EdgeDefinition])[];
}

/** Declarations as lists, made once: every record goes through them. */
const shapes: ReadonlyMap<EntityKind, Shape> = new Map(
  entityKinds.map((kind) => {
    const { properties, edges } = kindDefinition(kind);
    return [kind, { properties: Object.entries(properties), edges: Object.entries(edges) }];
  }),
);

const shortened = (text: string): string => `${text.slice(0, longestIndexedText - 1)}…`;

function checkValue(
  name: string,
  value: unknown,
  definition: PropertyDefinition,
  unusable: UnusableValue[],
): StoredValue | undefined {
  if (!fits(value, definition)) {
    unusable.push({ what: name, why: `not a value of type ${definition.type}` });
    return undefined;
  }
  if (definition.indexed === true && isText(value) && value.length > longestIndexedText) {
    unusable.push({ what: name, why: `shortened from ${value.length} characters to be indexed` });
    return shortened(value);
  }
  return value;
}

function checkValues(
  given: Readonly<Record<string, unknown>>,
  declared: Shape['properties'],
  unusable: UnusableValue[],
): Record<string, StoredValue> {
  const values: Record<string, StoredValue> = {};
  for (const [name, definition] of declared) {
    const value = given[name];
    if (value === undefined || value === null || definition.derived === true) continue;
    const checked = checkValue(name, value, definition, unusable);
    if (checked !== undefined) values[name] = checked;
  }
  return values;
}

const noValues: Readonly<Record<string, StoredValue>> = {};

const edgeValues = (
  given: EdgeTarget['properties'],
  { properties }: EdgeDefinition,
  unusable: UnusableValue[],
): Readonly<Record<string, StoredValue>> =>
  given === undefined || properties === undefined
    ? noValues
    : checkValues(given, Object.entries(properties), unusable);

const isMany = (targets: EdgeTarget | readonly EdgeTarget[]): targets is readonly EdgeTarget[] =>
  Array.isArray(targets);

function prepareEdges(
  record: AnyRecord,
  source: string,
  unusable: UnusableValue[],
): PreparedEdge[] {
  const given: Readonly<Record<string, EdgeTarget | readonly EdgeTarget[] | undefined>> =
    record.edges;
  const prepared = new Map<string, PreparedEdge>();
  for (const [edge, definition] of shapes.get(record.kind)?.edges ?? []) {
    const targets = given[edge];
    if (targets === undefined || (definition.keeper ?? 'collector') !== 'collector') continue;
    for (const { kind, externalId, properties } of isMany(targets) ? targets : [targets]) {
      const end = kind ?? (definition.to.length === 1 ? definition.to[0] : undefined);
      if (end === undefined || !definition.to.includes(end)) {
        unusable.push({ what: edge, why: `leads to ${end ?? 'a kind that was not named'}` });
        continue;
      }
      const target = entityId(source, end, externalId);
      const values = edgeValues(properties, definition, unusable);
      prepared.set(`${edge} ${target}`, { edge, target, properties: values });
    }
  }
  return [...prepared.keys()].sort().flatMap((key) => prepared.get(key) ?? []);
}

export interface PreparedWithNotes {
  readonly record: PreparedRecord;
  readonly unusable: readonly UnusableValue[];
}

/**
 * Checks a record against the model. What does not fit is left out and reported, so that one odd
 * value does not cost the object.
 */
export function prepareRecord(
  record: AnyRecord,
  source: string,
  owner?: string,
  parts?: OwnedParts,
): PreparedWithNotes {
  const unusable: UnusableValue[] = [];
  const name = record.name.length > longestIndexedText ? shortened(record.name) : record.name;
  const values = checkValues(
    record.properties,
    shapes.get(record.kind)?.properties ?? [],
    unusable,
  );
  const edges = prepareEdges(record, source, unusable);
  const prepared = {
    kind: record.kind,
    id: entityId(source, record.kind, record.externalId),
    externalId: record.externalId,
    name,
    values,
    edges,
    hash: recordHash(name, values, edges, parts, record.unread),
    ...(record.unread === undefined ? {} : { unread: record.unread }),
    ...(owner === undefined ? {} : { owner }),
    ...(parts === undefined ? {} : { parts }),
  };
  return { record: prepared, unusable };
}
