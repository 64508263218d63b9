import type { PropertyDefinition, PropertyType, PropertyValue } from './property.js';

/** Which part writes nodes of a kind. Only what collectors write is an Entity with a sync life. */
export type Keeper = 'collector' | 'concerns' | 'identity';

/**
 * A relationship as seen from the kind that owns it (the kind whose record carries it).
 * `out`: (owner)-[:TYPE]->(to). `in`: (owner)<-[:TYPE]-(to).
 */
export interface EdgeDefinition {
  readonly type: string;
  readonly direction: 'out' | 'in';
  /** Kinds at the other end. More than one: the record has to name the kind of each target. */
  readonly to: readonly string[];
  /** `one`: at most one such relationship for each owner. */
  readonly cardinality: 'one' | 'many';
  /** Name of the same relationship seen from the other end; unique on each target kind. */
  readonly inverse: string;
  /** Whether the other end can have at most one owner. */
  readonly inverseCardinality: 'one' | 'many';
  readonly doc: string;
  readonly properties?: Readonly<Record<string, PropertyDefinition>>;
  /** Written by this part instead of the kind's collector. */
  readonly keeper?: Keeper;
}

export interface KindDefinition {
  readonly label: string;
  readonly doc: string;
  readonly keeper: Keeper;
  readonly properties: Readonly<Record<string, PropertyDefinition>>;
  /** Keyed by the field name under which search and the API traverse the relationship. */
  readonly edges: Readonly<Record<string, EdgeDefinition>>;
}

/** Declares a node kind; the arrow of each edge stands in a comment above it. */
export const defineKind = <const K extends KindDefinition>(kind: K): K => kind;

type ValueOf<D> = D extends { readonly type: infer T extends PropertyType }
  ? PropertyValue[T]
  : never;

/** Property values of a kind: an absent or null one is unknown, which is not the same as empty. */
export type PropertiesOf<K extends KindDefinition> = {
  readonly [P in keyof K['properties']]?: ValueOf<K['properties'][P]> | null | undefined;
};
