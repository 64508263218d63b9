import { GraphQLID } from 'graphql';
import {
  isEntityKind,
  kindDefinition,
  kinds,
  type Kind,
  type RelationField,
} from '../../graph/index.js';
import { declareField, declareInterface, declareObject, type TypeClass } from '../declare.js';
import {
  compiledTypes,
  connectionArgumentsOf,
  connectionNamed,
  connectionTypeOf,
} from './connection-types.js';
import {
  commonProperties,
  commonRelations,
  propertiesOf,
  relationsOf,
  targetsOf,
} from './kind-fields.js';
import { commonNameOf, typeNameOf, typeNameOfNode } from './kind-names.js';
import { kindSets } from './kind-sets.js';
import { documentationOf, isAlwaysThere, outputTypeOf } from './property-types.js';

/** Everything with an id of its own over the whole graph. */
export const nodeInterface = declareInterface(
  'Node',
  'Anything that node(id) finds again.',
  typeNameOfNode,
);
declareField(nodeInterface, 'id', { type: () => GraphQLID, description: 'Unique over all.' });

/** What every object of an inventory has. */
export const entityInterface = declareInterface(
  'Entity',
  'An object of the inventory of a source.',
  typeNameOfNode,
  [nodeInterface],
);

const declareProperties = (owner: TypeClass, of: readonly Kind[]): void => {
  const entity = of.every(isEntityKind);
  for (const property of commonProperties(of)) {
    declareField(owner, property.name, {
      type: outputTypeOf(property),
      description: documentationOf(property.definition),
      nullable: !isAlwaysThere(property, entity),
    });
  }
};

const interfaces = new Map<string, TypeClass>();
const objects = new Map<Kind, TypeClass>();

/** The object type of a kind. */
export const objectTypeOf = (kind: Kind): TypeClass => {
  const type = objects.get(kind);
  if (type === undefined) throw new Error(`${kind} has no object type`);
  return type;
};

/** The type of a node that may be of any of the kinds. */
export const typeOfKinds = (of: readonly Kind[]): TypeClass => {
  const [kind] = of;
  if (kind !== undefined && of.length === 1) return objectTypeOf(kind);
  return interfaces.get(commonNameOf(of)) ?? entityInterface;
};

const declareRelation = (
  owner: TypeClass,
  kind: Kind,
  name: string,
  relations: readonly RelationField[],
): void => {
  const [relation] = relations;
  if (relation === undefined) return;
  const targets = targetsOf(relations);
  const description = relation.doc;
  if (!relation.many) {
    const type = (): TypeClass => typeOfKinds(targets);
    declareField(owner, name, { type, description, nullable: true });
    return;
  }
  const connection = connectionTypeOf(targets, () => typeOfKinds(targets), { kind, relation });
  declareField(
    owner,
    name,
    { type: () => connection, description },
    connectionArgumentsOf(targets),
  );
};

const entitiesInCommon = kinds.filter(isEntityKind);
declareProperties(entityInterface, entitiesInCommon);

for (const [name, of] of kindSets) {
  const description = `What ${of.map(typeNameOf).join(' and ')} have in common.`;
  interfaces.set(
    name,
    declareInterface(name, description, typeNameOfNode, [nodeInterface, entityInterface]),
  );
}

for (const kind of kinds) {
  const own = [...kindSets].flatMap(([name, of]) => {
    const type = of.includes(kind) ? interfaces.get(name) : undefined;
    return type === undefined ? [] : [type];
  });
  const base = isEntityKind(kind) ? [nodeInterface, entityInterface] : [nodeInterface];
  const { doc } = kindDefinition(kind);
  objects.set(kind, declareObject(typeNameOf(kind), doc, [...base, ...own]));
  compiledTypes.add(typeNameOf(kind));
}

for (const [name, of] of kindSets) {
  const type = interfaces.get(name);
  const [kind] = of;
  if (type === undefined || kind === undefined) continue;
  declareProperties(type, of);
  for (const common of commonRelations(of)) {
    declareRelation(type, kind, common.name, common.relations);
  }
}

for (const kind of kinds) {
  const type = objectTypeOf(kind);
  const entity = isEntityKind(kind);
  for (const property of propertiesOf(kind)) {
    declareField(type, property.name, {
      type: outputTypeOf(property),
      description: documentationOf(property.definition),
      nullable: !isAlwaysThere(property, entity),
    });
  }
  for (const relation of relationsOf(kind)) declareRelation(type, kind, relation.name, [relation]);
}

/** The connection over nodes of any kind. */
export const nodeConnection = connectionNamed('Node', () => nodeInterface);
