import { integerParameter } from '../../graph/index.js';
import type { Parameters } from '../../search/index.js';
import type { CursorValue } from './cursor.js';
import type { OrderTerm } from './order-terms.js';

const parameterOf = (value: CursorValue): unknown =>
  typeof value === 'number' && Number.isSafeInteger(value) ? integerParameter(value) : value;

/** What comes strictly after the value of one term; nulls come last, or first when descending. */
const strictlyAfter = (
  { expression, descending, always }: OrderTerm,
  value: CursorValue,
  place: string,
): string | undefined => {
  if (value === null) return descending ? `${expression} IS NOT NULL` : undefined;
  if (descending) return `${expression} < ${place}`;
  return always
    ? `${expression} > ${place}`
    : `(${expression} > ${place} OR ${expression} IS NULL)`;
};

const afterFrom = (
  terms: readonly OrderTerm[],
  values: readonly CursorValue[],
  parameters: Parameters,
): string => {
  const [term, ...rest] = terms;
  const [value = null, ...otherValues] = values;
  if (term === undefined) return 'false';
  const place = value === null ? '' : parameters.add(parameterOf(value));
  const strict = strictlyAfter(term, value, place);
  if (rest.length === 0) return strict ?? 'false';
  const equal = value === null ? `${term.expression} IS NULL` : `${term.expression} = ${place}`;
  const later = `(${equal} AND ${afterFrom(rest, otherValues, parameters)})`;
  const condition = strict === undefined ? later : `(${strict} OR ${later})`;
  if (!term.always || value === null) return condition;
  // Implied by the condition; said on its own, an index on the first key can start there.
  return `${term.expression} ${term.descending ? '<=' : '>='} ${place} AND ${condition}`;
};

/** What comes after a place in the order, as a condition. */
export const keysetCondition = (
  terms: readonly OrderTerm[],
  values: readonly CursorValue[],
  parameters: Parameters,
): string => afterFrom(terms, values, parameters);

/** A condition that every node fulfils and that lets an index give the order. */
export const indexCondition = (terms: readonly OrderTerm[]): string | undefined => {
  const [term] = terms;
  return term?.always === true ? `${term.expression} >= ''` : undefined;
};
