import { entityProperties } from './entity.js';
import type { EdgeDefinition } from './kind.js';
import { isEntityKind, kindDefinition, kinds, type Kind } from './model.js';
import type { PropertyDefinition } from './property.js';

/** A property of a kind, its own or one that every Entity has. */
export interface PropertyField {
  readonly type: 'property';
  readonly name: string;
  readonly definition: PropertyDefinition;
}

/** A relationship as one kind sees it, whichever end owns it. */
export interface RelationField {
  readonly type: 'relation';
  readonly name: string;
  readonly relationship: string;
  readonly direction: 'out' | 'in';
  readonly targets: readonly Kind[];
  readonly many: boolean;
  readonly doc: string;
  readonly properties: Readonly<Record<string, PropertyDefinition>>;
  /** Seen from the end that does not own it. */
  readonly inverse: boolean;
}

export type Field = PropertyField | RelationField;

const inverseDirection = { in: 'out', out: 'in' } as const;

const ownRelation = (name: string, edge: EdgeDefinition): RelationField => ({
  type: 'relation',
  name,
  relationship: edge.type,
  direction: edge.direction,
  targets: edge.to as readonly Kind[],
  many: edge.cardinality === 'many',
  doc: edge.doc,
  properties: edge.properties ?? {},
  inverse: false,
});

const inverseRelation = (owner: Kind, edge: EdgeDefinition): RelationField => ({
  type: 'relation',
  name: edge.inverse,
  relationship: edge.type,
  direction: inverseDirection[edge.direction],
  targets: [owner],
  many: edge.inverseCardinality === 'many',
  doc: `The other end of ${owner}: ${edge.doc}`,
  properties: edge.properties ?? {},
  inverse: true,
});

const addRelation = (fields: Map<string, Field>, kind: Kind, relation: RelationField): void => {
  const present = fields.get(relation.name);
  if (present === undefined) {
    fields.set(relation.name, relation);
    return;
  }
  const same =
    present.type === 'relation' &&
    present.relationship === relation.relationship &&
    present.direction === relation.direction;
  if (!same) throw new Error(`${kind}.${relation.name} is declared twice with different meanings`);
  fields.set(relation.name, { ...present, targets: [...present.targets, ...relation.targets] });
};

const buildFields = (): ReadonlyMap<Kind, ReadonlyMap<string, Field>> => {
  const all = new Map<Kind, Map<string, Field>>(kinds.map((kind) => [kind, new Map()]));
  const fieldsOfKind = (kind: Kind): Map<string, Field> => {
    const fields = all.get(kind);
    if (fields === undefined) throw new Error(`${kind} is not declared`);
    return fields;
  };
  for (const kind of kinds) {
    const properties: Record<string, PropertyDefinition> = {
      ...(isEntityKind(kind) ? entityProperties : {}),
      ...kindDefinition(kind).properties,
    };
    for (const [name, definition] of Object.entries(properties)) {
      fieldsOfKind(kind).set(name, { type: 'property', name, definition });
    }
    for (const [name, edge] of Object.entries(kindDefinition(kind).edges)) {
      addRelation(fieldsOfKind(kind), kind, ownRelation(name, edge));
    }
  }
  for (const owner of kinds) {
    for (const edge of Object.values(kindDefinition(owner).edges)) {
      for (const target of edge.to as readonly Kind[]) {
        addRelation(fieldsOfKind(target), target, inverseRelation(owner, edge));
      }
    }
  }
  return all;
};

const fields = buildFields();

/** Every field of a kind: Entity properties, own properties, and relationships from both ends. */
export const fieldsOf = (kind: Kind): ReadonlyMap<string, Field> => {
  const found = fields.get(kind);
  if (found === undefined) throw new Error(`${kind} is not declared`);
  return found;
};
