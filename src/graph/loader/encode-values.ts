import { entityProperties, kindDefinition, type EntityKind } from '../model/index.js';
import { integerParameter } from '../query/integer-parameter.js';
import type { StoredValue } from './prepared-record.js';

const common: Readonly<Record<string, { readonly type: string }>> = entityProperties;

function integersOf(kind: EntityKind): ReadonlySet<string> {
  const declared = { ...kindDefinition(kind).properties, ...common };
  return new Set(
    Object.entries(declared)
      .filter(([, { type }]) => type === 'integer' || type === 'integerList')
      .map(([name]) => name),
  );
}

const integers = new Map<EntityKind, ReadonlySet<string>>();

/** Numbers as database integers, where the model says so. */
export function encodeNumber(value: unknown): unknown {
  if (typeof value === 'number') return integerParameter(value);
  return Array.isArray(value) ? value.map(encodeNumber) : value;
}

/** Copies values into `row` in the form in which they are sent. */
export function encodeInto(
  row: Record<string, unknown>,
  kind: EntityKind,
  values: Readonly<Record<string, StoredValue | null>>,
): Record<string, unknown> {
  let whole = integers.get(kind);
  if (whole === undefined) integers.set(kind, (whole = integersOf(kind)));
  for (const name in values) {
    const value = values[name];
    row[name] = whole.has(name) ? encodeNumber(value) : value;
  }
  return row;
}
