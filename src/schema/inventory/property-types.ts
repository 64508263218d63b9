import type { PropertyDefinition, PropertyField, PropertyType } from '../../graph/index.js';
import type { TypeThunk } from '../declare.js';
import { Long, Moment } from '../scalars.js';
import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLString } from 'graphql';

const outputs: Readonly<Record<PropertyType, TypeThunk>> = {
  text: () => GraphQLString,
  integer: () => Long,
  float: () => GraphQLFloat,
  flag: () => GraphQLBoolean,
  moment: () => Moment,
  textList: () => [GraphQLString],
  integerList: () => [Long],
};

/** The type of a property in answers; an id is an ID, everything else goes by what is stored. */
export const outputTypeOf = ({ name, definition }: PropertyField): TypeThunk =>
  name === 'id' ? () => GraphQLID : outputs[definition.type];

/** Present on every node; anything else may be unknown. */
const always: ReadonlySet<string> = new Set(['id', 'source', 'kind', 'externalId']);

export const isAlwaysThere = ({ name }: PropertyField, entity: boolean): boolean =>
  name === 'id' || (entity && (always.has(name) || name === 'name'));

/** The meaning of a property with its unit and its closed set of values. */
export const documentationOf = ({ doc, unit, values }: PropertyDefinition): string => {
  const sentences = [
    doc,
    ...(unit === undefined ? [] : [`Unit: ${unit}.`]),
    ...(values === undefined ? [] : [`One of ${values.join(', ')}.`]),
  ];
  return sentences.join(' ');
};
