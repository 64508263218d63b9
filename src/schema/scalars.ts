import { GraphQLError, GraphQLScalarType, Kind as Syntax, type ValueNode } from 'graphql';

const refuse = (name: string, value: unknown, wanted: string): GraphQLError =>
  new GraphQLError(`${name} is ${wanted}, and this is ${JSON.stringify(value)}.`);

const safeInteger = (value: unknown): number => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw refuse('A Long', value, 'a whole number of at most 2^53 - 1');
};

/** Whole numbers beyond 32 bits, such as bytes; a JSON number, exact up to 2^53 - 1. */
export const Long = new GraphQLScalarType<number, number>({
  name: 'Long',
  description: 'A whole number from -(2^53 - 1) to 2^53 - 1, written as a JSON number.',
  serialize: safeInteger,
  parseValue: safeInteger,
  parseLiteral: (node: ValueNode) => {
    if (node.kind === Syntax.INT) return safeInteger(Number(node.value));
    throw refuse('A Long', node.kind, 'a whole number');
  },
});

const momentForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/u;

const momentText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  throw refuse('A Moment', value, 'an ISO 8601 text');
};

const parsedMoment = (value: unknown): string => {
  if (typeof value === 'string' && momentForm.test(value) && !Number.isNaN(Date.parse(value))) {
    return new Date(value).toISOString();
  }
  throw refuse('A Moment', value, 'an ISO 8601 text such as 2026-05-01T00:00:00.000Z');
};

/** A point in time as ISO 8601 in UTC; passed through as stored, so that it costs nothing to read. */
export const Moment = new GraphQLScalarType<string, string>({
  name: 'Moment',
  description: 'A point in time, ISO 8601 in UTC with milliseconds: 2026-05-01T00:00:00.000Z.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: momentText,
  parseValue: parsedMoment,
  parseLiteral: (node: ValueNode) =>
    parsedMoment(node.kind === Syntax.STRING ? node.value : node.kind),
});
