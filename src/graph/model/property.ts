/**
 * Property declarations of the graph model. Values are what Neo4j holds natively; a moment is an
 * ISO 8601 text in UTC with milliseconds, which sorts and compares as time does and costs the
 * driver nothing to decode.
 */
export const PropertyType = {
  text: 'text',
  integer: 'integer',
  float: 'float',
  flag: 'flag',
  moment: 'moment',
  textList: 'textList',
  integerList: 'integerList',
} as const;
export type PropertyType = (typeof PropertyType)[keyof typeof PropertyType];

/** The JavaScript value of each property type. Integers are safe integers (at most 2^53 - 1). */
export interface PropertyValue {
  text: string;
  integer: number;
  float: number;
  flag: boolean;
  moment: string;
  textList: readonly string[];
  integerList: readonly number[];
}

/** Units that quantities are stored in. A collector converts to them at the edge. */
export type Unit = 'B' | 'MiB' | 'MHz' | 'Mbit/s' | 'B/s' | 's' | 'min' | '%' | 'core' | 'count';

export interface PropertyOptions {
  readonly unit?: Unit;
  /** A range index: give it to what people filter or sort by. */
  readonly indexed?: boolean;
  /** Part of the full-text index over names, addresses, notes and tags. */
  readonly fullText?: boolean;
  /** The closed set of values, where the property has one over all sources. */
  readonly values?: readonly string[];
  /** Computed from the graph after a load; no collector may set it and no hash covers it. */
  readonly derived?: boolean;
  /** What a derived flag is on a new node, until something says otherwise. */
  readonly initial?: boolean;
}

export interface PropertyDefinition<T extends PropertyType = PropertyType> extends PropertyOptions {
  readonly type: T;
  readonly doc: string;
}

const declare =
  <T extends PropertyType>(type: T) =>
  (doc: string, options: PropertyOptions = {}): PropertyDefinition<T> => ({
    type,
    doc,
    ...options,
  });

export const text = declare('text');
export const integer = declare('integer');
export const float = declare('float');
export const flag = declare('flag');
export const moment = declare('moment');
export const textList = declare('textList');
export const integerList = declare('integerList');
