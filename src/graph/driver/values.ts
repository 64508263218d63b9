import neo4j, { type Record as Row } from 'neo4j-driver';

interface Printable {
  toString(): string;
}

function plainObject(value: object & Printable): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (neo4j.isNode(value) || neo4j.isRelationship(value)) return plainFields(value.properties);
  if (neo4j.isInt(value)) return value.toNumber();
  if (neo4j.isDateTime(value)) return value.toStandardDate().toISOString();
  const prototype: unknown = Object.getPrototypeOf(value);
  // What is left are the driver's dates, durations and points, which know how to print themselves.
  return prototype === Object.prototype ? plainFields(value) : value.toString();
}

function plainFields(fields: object): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) plain[name] = plainValue(value);
  return plain;
}

/** A value of the driver as JSON would hold it. */
export function plainValue(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? plainObject(value) : value;
}

/** A row as a plain object, one field a column. */
export function plainRow(row: Row): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  row.forEach((value: unknown, column) => {
    plain[String(column)] = plainValue(value);
  });
  return plain;
}
