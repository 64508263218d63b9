import { z } from 'zod';
import { integerParameter } from '../query/integer-parameter.js';

type Encode = (value: unknown) => unknown;

const asIs: Encode = (value) => value;
const asInteger: Encode = (value) => (typeof value === 'number' ? integerParameter(value) : value);

const integerFormats = new Set(['safeint', 'int32', 'uint32']);
const encoders = new WeakMap<z.core.$ZodType, Encode>();

function encodeArray(item: Encode): Encode {
  if (item === asIs) return asIs;
  return (value) => (Array.isArray(value) ? value.map(item) : value);
}

function encodeObject(shape: Readonly<Record<string, z.core.$ZodType>>): Encode {
  const fields = Object.entries(shape)
    .map(([name, schema]) => [name, encoderOf(schema)] as const)
    .filter(([, encode]) => encode !== asIs);
  if (fields.length === 0) return asIs;
  return (value) => {
    if (typeof value !== 'object' || value === null) return value;
    const encoded: Record<string, unknown> = { ...value };
    for (const [name, encode] of fields) {
      if (name in encoded) encoded[name] = encode(encoded[name]);
    }
    return encoded;
  };
}

function encodeRecord(item: Encode): Encode {
  if (item === asIs) return asIs;
  return (value) =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, field]) => [key, item(field)]))
      : value;
}

/** In a union the first member that has something to encode decides, by the value at hand. */
function encodeUnion(options: readonly z.core.$ZodType[]): Encode {
  const members = options
    .map((schema) => [schema, encoderOf(schema)] as const)
    .filter(([, encode]) => encode !== asIs);
  if (members.length === 0) return asIs;
  return (value) => {
    const member = members.find(([schema]) => z.safeParse(schema, value).success);
    return member === undefined ? value : member[1](value);
  };
}

function build(schema: z.core.$ZodType): Encode {
  if (schema instanceof z.ZodNumber)
    return integerFormats.has(schema.format ?? '') ? asInteger : asIs;
  if (schema instanceof z.ZodArray) return encodeArray(encoderOf(schema.element));
  if (schema instanceof z.ZodObject) return encodeObject(schema.shape);
  if (schema instanceof z.ZodRecord) return encodeRecord(encoderOf(schema.valueType));
  if (schema instanceof z.ZodUnion) return encodeUnion(schema.options);
  if (schema instanceof z.ZodPipe) return encoderOf(schema.out);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly
  ) {
    return encoderOf(schema.unwrap());
  }
  return asIs;
}

/** How parsed values of the schema are sent: what it declares as integer becomes one. */
export function encoderOf(schema: z.core.$ZodType): Encode {
  const known = encoders.get(schema);
  if (known !== undefined) return known;
  const encode = build(schema);
  encoders.set(schema, encode);
  return encode;
}
