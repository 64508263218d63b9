import { fieldsOf, type Kind, type PropertyField, type RelationField } from '../../graph/index.js';

/** Properties that serve the loader alone. */
const internal: ReadonlySet<string> = new Set(['hash', 'removedIn']);

export const propertiesOf = (kind: Kind): readonly PropertyField[] =>
  [...fieldsOf(kind).values()].filter(
    (field): field is PropertyField => field.type === 'property' && !internal.has(field.name),
  );

export const relationsOf = (kind: Kind): readonly RelationField[] =>
  [...fieldsOf(kind).values()].filter((field): field is RelationField => field.type === 'relation');

/** The field of a kind as the API shows it. */
export const fieldNamed = (kind: Kind, name: string): PropertyField | RelationField | undefined => {
  const field = fieldsOf(kind).get(name);
  return field?.type === 'property' && internal.has(name) ? undefined : field;
};

/** Properties that all of the kinds have, with one type. */
export const commonProperties = (of: readonly Kind[]): readonly PropertyField[] => {
  const [first, ...others] = of;
  if (first === undefined) return [];
  return propertiesOf(first).filter((property) =>
    others.every((kind) => {
      const same = fieldNamed(kind, property.name);
      return same?.type === 'property' && same.definition.type === property.definition.type;
    }),
  );
};

/** A relationship that several kinds have under one name. */
export interface CommonRelation {
  readonly name: string;
  readonly relations: readonly RelationField[];
}

const sameTargets = (one: RelationField, other: RelationField): boolean =>
  one.targets.join() === other.targets.join();

/** Relationships to many need one connection type, those to one may lead to different kinds. */
const fitTogether = (first: RelationField, other: RelationField): boolean =>
  first.many === other.many &&
  (!first.many || (sameTargets(first, other) && Object.keys(other.properties).length === 0));

export const commonRelations = (of: readonly Kind[]): readonly CommonRelation[] => {
  const [first, ...others] = of;
  if (first === undefined) return [];
  return relationsOf(first).flatMap((relation) => {
    const same = others.map((kind) => fieldNamed(kind, relation.name));
    const relations = same.filter(
      (field): field is RelationField => field?.type === 'relation' && fitTogether(relation, field),
    );
    return relations.length === others.length
      ? [{ name: relation.name, relations: [relation, ...relations] }]
      : [];
  });
};

/** Kinds that a relationship of several kinds may lead to. */
export const targetsOf = (relations: readonly RelationField[]): readonly Kind[] => [
  ...new Set(relations.flatMap((relation) => relation.targets)),
];
