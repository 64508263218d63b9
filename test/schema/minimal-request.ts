import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';
import type { Operation } from './declared-roles.js';

/** Values that let a request get as far as its resolver. */
const byArgument: Readonly<Record<string, string>> = {
  search: '"vms"',
  text: '"vms"',
  role: '"viewer"',
  field: '"memoryMB"',
  kind: '"vsphere"',
};

const byType: Readonly<Record<string, string>> = {
  Int: '1',
  Float: '1',
  Boolean: 'true',
  JSONObject: '{name: "x"}',
  Moment: '"2099-01-01T00:00:00.000Z"',
};

const valueOf = (name: string, type: GraphQLInputType): string => {
  if (isNonNullType(type)) return valueOf(name, type.ofType);
  if (isListType(type)) return `[${valueOf(name, type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{${needed.map((field) => `${field.name}: ${valueOf(field.name, field.type)}`).join()}}`;
  }
  return byArgument[name] ?? byType[type.name] ?? '"none"';
};

/** One field of each level, down to a value. */
const selectionOf = (type: GraphQLOutputType): string => {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named) && !isInterfaceType(named)) return '{ __typename }';
  const errors = named.getFields().userErrors === undefined ? '' : ' userErrors { code }';
  return `{ __typename${errors} }`;
};

/** The shortest request that reaches a root field. */
export const minimalRequest = (
  operation: Operation,
  field: GraphQLField<unknown, unknown>,
): string => {
  const needed = field.args.filter(({ type }) => isNonNullType(type));
  const given = needed.map(({ name, type }) => `${name}: ${valueOf(name, type)}`).join(', ');
  const list = given === '' ? '' : `(${given})`;
  return `${operation} { ${field.name}${list} ${selectionOf(field.type)} }`;
};
