import {
  isEntityKind,
  kindDefinition,
  type Kind,
  type PropertyDefinition,
  type RelationField,
} from '../../graph/index.js';
import { searchNamesOf } from '../../search/index.js';
import { propertiesOf, relationsOf } from '../inventory/kind-fields.js';
import { rootFieldOf, typeNameOf } from '../inventory/kind-names.js';
import { testNamesOf } from '../where/where-types.js';
import type { ModelKind, ModelProperty, ModelRelationship } from './model-types.js';

const propertyView = (
  name: string,
  definition: PropertyDefinition,
  searched: boolean,
): ModelProperty => ({
  name,
  type: definition.type,
  unit: definition.unit ?? null,
  description: definition.doc,
  values: definition.values ?? null,
  tests: searched ? testNamesOf(definition.type) : [],
  sortable: searched && !definition.type.endsWith('List'),
  indexed: definition.indexed ?? false,
  fullText: definition.fullText ?? false,
  derived: definition.derived ?? false,
});

const relationshipView = (relation: RelationField): ModelRelationship => ({
  name: relation.name,
  type: relation.relationship,
  outgoing: relation.direction === 'out',
  targets: relation.targets,
  many: relation.many,
  description: relation.doc,
  // Answers show what a relationship holds; conditions are on what it leads to.
  properties: Object.entries(relation.properties).map(([name, definition]) =>
    propertyView(name, definition, false),
  ),
});

/** A kind as it is declared, in the names that searches, filters and answers use. */
export const kindView = (kind: Kind): ModelKind => ({
  name: kind,
  searchNames: searchNamesOf(kind),
  objectType: typeNameOf(kind),
  listField: rootFieldOf(kind),
  description: kindDefinition(kind).doc,
  inventory: isEntityKind(kind),
  properties: propertiesOf(kind).map(({ name, definition }) =>
    propertyView(name, definition, true),
  ),
  relationships: relationsOf(kind).map(relationshipView),
});
