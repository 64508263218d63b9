import { GraphQLBoolean, GraphQLInt, GraphQLString } from 'graphql';
import { registerEnumType } from 'type-graphql';
import type { Kind, RelationField } from '../../graph/index.js';
import {
  declareField,
  declareInput,
  declareObject,
  type ArgumentList,
  type TypeClass,
} from '../declare.js';
import { Long } from '../scalars.js';
import { whereTypeOf } from '../where/where-types.js';
import { commonProperties } from './kind-fields.js';
import { commonNameOf, typeNameOf } from './kind-names.js';
import { documentationOf, outputTypeOf } from './property-types.js';

export const OrderDirection = { ASC: 'ascending', DESC: 'descending' } as const;
registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'Direction of an order. What is unknown comes last in ASC and first in DESC.',
});

export const pageInfoType = declareObject('PageInfo', 'Where a page stands in its list.');
for (const [name, description] of [
  ['hasNextPage', 'More follows.'],
  ['hasPreviousPage', 'Something stands before.'],
] as const) {
  declareField(pageInfoType, name, { type: () => GraphQLBoolean, description });
}
for (const [name, description] of [
  ['startCursor', 'Cursor of the first entry.'],
  ['endCursor', 'Cursor of the last entry.'],
] as const) {
  declareField(pageInfoType, name, { type: () => GraphQLString, description, nullable: true });
}

/** Names of the types whose values come compiled, so that their fields are read by their place. */
export const compiledTypes = new Set(['PageInfo']);

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const declareConnection = (
  name: string,
  node: () => TypeClass,
  relation: RelationField | undefined,
): TypeClass => {
  const edge = declareObject(`${name}Edge`, 'An entry of a page, with its cursor.');
  declareField(edge, 'cursor', {
    type: () => GraphQLString,
    description: 'Its place in the list.',
  });
  declareField(edge, 'node', { type: node, description: 'What stands there.' });
  for (const [property, definition] of Object.entries(relation?.properties ?? {})) {
    const field = { type: 'property', name: property, definition } as const;
    const description = documentationOf(definition);
    declareField(edge, property, { type: outputTypeOf(field), description, nullable: true });
  }
  const connection = declareObject(`${name}Connection`, 'A page of a list.');
  declareField(connection, 'nodes', {
    type: () => [node()],
    description: 'The entries without their cursors.',
  });
  declareField(connection, 'edges', { type: () => [edge], description: 'The entries.' });
  declareField(connection, 'pageInfo', {
    type: () => pageInfoType,
    description: 'Where the page stands in the list.',
  });
  declareField(connection, 'totalCount', {
    type: () => Long,
    description: 'How many there are on all pages. Counted only when asked for.',
  });
  compiledTypes.add(`${name}Edge`).add(`${name}Connection`);
  return connection;
};

const connections = new Map<string, TypeClass>();

/** The connection of a name, made at its first use. */
export const connectionNamed = (
  name: string,
  node: () => TypeClass,
  relation?: RelationField,
): TypeClass => {
  const known = connections.get(name);
  if (known !== undefined) return known;
  const made = declareConnection(name, node, relation);
  connections.set(name, made);
  return made;
};

/** The connection over nodes of any of the kinds; one over a relationship has its properties. */
export const connectionTypeOf = (
  kinds: readonly Kind[],
  node: () => TypeClass,
  owner?: { readonly kind: Kind; readonly relation: RelationField },
): TypeClass => {
  const own = owner !== undefined && Object.keys(owner.relation.properties).length > 0;
  const name = own
    ? `${typeNameOf(owner.kind)}${upperFirst(owner.relation.name)}`
    : commonNameOf(kinds);
  return connectionNamed(name, node, own ? owner.relation : undefined);
};

const orders = new Map<string, TypeClass>();

const orderTypeOf = (kinds: readonly Kind[]): TypeClass => {
  const name = `${commonNameOf(kinds)}Order`;
  const known = orders.get(name);
  if (known !== undefined) return known;
  const properties = commonProperties(kinds).filter(
    ({ definition }) => !definition.type.endsWith('List'),
  );
  const fields = Object.fromEntries(properties.map((property) => [property.name, property.name]));
  registerEnumType(fields, {
    name: `${name}Field`,
    description: 'What the list can be sorted by.',
  });
  const input = declareInput(name, 'One key of an order.');
  declareField(input, 'field', { type: () => fields, description: 'Sorted by this.' });
  declareField(input, 'direction', {
    type: () => OrderDirection,
    description: 'ASC if left out.',
    nullable: true,
  });
  orders.set(name, input);
  return input;
};

/** Arguments that say which page is wanted. */
export const pageArgumentList: ArgumentList = {
  first: {
    type: () => GraphQLInt,
    description: 'So many at most, 100 if left out.',
    nullable: true,
  },
  after: { type: () => GraphQLString, description: 'What follows this cursor.', nullable: true },
  last: { type: () => GraphQLInt, description: 'So many at most, from the end.', nullable: true },
  before: {
    type: () => GraphQLString,
    description: 'What stands before this cursor.',
    nullable: true,
  },
};

/** Arguments of a connection below a node. */
export const connectionArgumentsOf = (kinds: readonly Kind[]): ArgumentList => {
  const where = whereTypeOf(kinds);
  const order = orderTypeOf(kinds);
  return {
    where: { type: () => where, description: 'Only what fulfils this.', nullable: true },
    orderBy: {
      type: () => [order],
      description: 'Keys from the most important on; then by id. By id alone if left out.',
      nullable: true,
    },
    ...pageArgumentList,
  };
};
