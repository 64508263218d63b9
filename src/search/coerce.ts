import type { PropertyDefinition, PropertyType } from '../graph/model/index.js';
import type { Scalar } from './ast.js';
import { nearestName } from './nearest-name.js';
import { momentBefore } from './relative-moment.js';
import { SearchError } from './search-error.js';

/** A property with the name under which a person wrote it. */
export interface NamedProperty {
  readonly name: string;
  readonly definition: PropertyDefinition;
}

const listElement: Readonly<Partial<Record<PropertyType, PropertyType>>> = {
  textList: 'text',
  integerList: 'integer',
};

/** The type that one value is compared as: that of an element for a list. */
export const comparedType = (definition: PropertyDefinition): PropertyType =>
  listElement[definition.type] ?? definition.type;

const wrongType = (property: NamedProperty, value: Scalar, wanted: string): SearchError =>
  new SearchError({
    what: 'The value does not fit the field',
    subject: property.name,
    why: `it holds ${wanted} and was compared with '${String(value)}'`,
    remedy: property.definition.doc,
  });

/** A moment as stored: `now`, `now-30d`, a date, or a full ISO 8601 text. */
const momentOf = (property: NamedProperty, value: Scalar, now: Date): string => {
  const written = String(value);
  const relative = momentBefore(written, now);
  if (relative !== undefined) return relative.toISOString();
  const time = /^\d{4}-\d{2}/.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new SearchError({
      what: 'The value does not fit the field',
      subject: property.name,
      why: `it holds a moment and was compared with '${written}'`,
      remedy:
        "Compare it with a date such as '2026-05-01' or with now - 90d, or write older than 90 days.",
    });
  }
  return new Date(time).toISOString();
};

const checkClosedSet = (property: NamedProperty, value: string): void => {
  const { values } = property.definition;
  if (values === undefined || values.includes(value)) return;
  const suggestion = nearestName(value, values);
  throw new SearchError({
    what: 'The field never has that value',
    subject: property.name,
    why: `'${value}' is none of ${values.join(', ')}`,
    remedy: suggestion === undefined ? 'Use one of them.' : `Did you mean '${suggestion}'?`,
    suggestion,
  });
};

/**
 * A value as a query parameter of the property's type: integers as bigint, moments as ISO texts.
 * Moments seen from now are taken from `now`, which is one for a whole query.
 * `exact` holds it to the closed set of values, where the property has one.
 */
export const coerce = (
  property: NamedProperty,
  value: Scalar,
  { exact = false, now = new Date() }: { readonly exact?: boolean; readonly now?: Date } = {},
): string | number | bigint | boolean => {
  const type = comparedType(property.definition);
  switch (type) {
    case 'integer':
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        throw wrongType(property, value, 'a number');
      }
      return Number.isSafeInteger(value) ? BigInt(value) : value;
    case 'float':
      if (typeof value !== 'number') throw wrongType(property, value, 'a number');
      return value;
    case 'flag':
      if (typeof value !== 'boolean') throw wrongType(property, value, 'true or false');
      return value;
    case 'moment':
      return momentOf(property, value, now);
    default:
      if (typeof value !== 'string') throw wrongType(property, value, 'a text');
      if (exact) checkClosedSet(property, value);
      return value;
  }
};
