import type { EdgeName, EntityKind, KindProperties } from './model.js';

/** The other end of a relationship, named by what the source calls it. */
export interface EdgeTarget {
  /** Needed where the declared edge may lead to more than one kind. */
  readonly kind?: EntityKind;
  readonly externalId: string;
  /** Properties of the relationship, where the edge declares some. */
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * One object of a source in the terms of the model: what a collector hands to the engine.
 * A relationship that the record leaves out, or gives as an empty list, is none, but for those that
 * it says it knows nothing of.
 */
export interface EntityRecord<K extends EntityKind = EntityKind> {
  readonly kind: K;
  /** Unique for the kind within the source; stable over renames. */
  readonly externalId: string;
  readonly name: string;
  readonly properties: KindProperties<K>;
  readonly edges: Readonly<Partial<Record<EdgeName<K>, EdgeTarget | readonly EdgeTarget[]>>>;
  /** Relationships that could not be read this time: what the graph has of them stays. */
  readonly unread?: readonly EdgeName<K>[];
}

/** A record of any kind. Distributes, so that the kind narrows the properties. */
export type AnyRecord = { [K in EntityKind]: EntityRecord<K> }[EntityKind];

/** Makes a record with its kind checked against the model. */
export const record = <K extends EntityKind>(
  kind: K,
  externalId: string,
  name: string,
  properties: KindProperties<K>,
  edges: EntityRecord<K>['edges'],
): EntityRecord<K> => ({ kind, externalId, name, properties, edges });

/** A relationship to one object of the given kind. */
export const to = (kind: EntityKind, externalId: string): EdgeTarget => ({ kind, externalId });
