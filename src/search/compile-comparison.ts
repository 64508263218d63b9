import type { Comparison, Filter } from './ast.js';
import { coerce, comparedType, type NamedProperty } from './coerce.js';
import type { Parameters } from './parameters.js';
import { textTest, wholeTextExpression } from './regular-expression.js';
import { SearchError } from './search-error.js';

type Compare = Extract<Filter, { type: 'compare' }>;

const operators: Readonly<Partial<Record<Comparison, string>>> = {
  equals: '=',
  notEquals: '<>',
  less: '<',
  lessOrEqual: '<=',
  greater: '>',
  greaterOrEqual: '>=',
  contains: 'CONTAINS',
  startsWith: 'STARTS WITH',
  endsWith: 'ENDS WITH',
};

const onTextOnly: ReadonlySet<Comparison> = new Set([
  'matches',
  'contains',
  'startsWith',
  'endsWith',
]);

const checkOperator = (property: NamedProperty, comparison: Comparison): void => {
  const type = comparedType(property.definition);
  const order = ['less', 'lessOrEqual', 'greater', 'greaterOrEqual'].includes(comparison);
  if ((onTextOnly.has(comparison) && type !== 'text') || (order && type === 'flag')) {
    throw new SearchError({
      what: 'The comparison does not fit the field',
      subject: property.name,
      why: `'${comparison}' cannot be asked of a ${type}`,
      remedy: type === 'flag' ? 'Compare it with true or false.' : 'Use =, !=, <, <=, > or >=.',
    });
  }
};

/** A condition on one value, whatever expression gives it. */
const valueCondition = (
  expression: string,
  property: NamedProperty,
  compare: Compare,
  parameters: Parameters,
): string => {
  checkOperator(property, compare.comparison);
  const ignoreCase = compare.ignoreCase === true && comparedType(property.definition) === 'text';
  if (compare.comparison === 'matches') {
    const test = textTest(String(compare.value));
    if (test.type === 'expression') {
      const whole = wholeTextExpression(test.expression, ignoreCase);
      return `${expression} =~ ${parameters.add(whole)}`;
    }
    const plain: Compare = { ...compare, comparison: test.type, value: test.text };
    return valueCondition(expression, property, plain, parameters);
  }
  const operator = operators[compare.comparison] ?? '=';
  const exact = !ignoreCase && ['equals', 'notEquals'].includes(compare.comparison);
  const value = parameters.add(coerce(property, compare.value, { exact, now: parameters.now }));
  return ignoreCase
    ? `toLower(${expression}) ${operator} toLower(${value})`
    : `${expression} ${operator} ${value}`;
};

/** A comparison of a property of a bound variable; over a list, of at least one element. */
export const compareCondition = (
  variable: string,
  property: NamedProperty,
  compare: Compare,
  parameters: Parameters,
): string => {
  const expression = `${variable}.${property.name}`;
  if (property.definition.type.endsWith('List')) {
    const element = parameters.variable();
    const condition = valueCondition(element, property, compare, parameters);
    return `any(${element} IN ${expression} WHERE ${condition})`;
  }
  const condition = valueCondition(expression, property, compare, parameters);
  // What is unknown is not equal to anything, and a person who excludes a value wants it kept.
  return compare.comparison === 'notEquals' ? `(${expression} IS NULL OR ${condition})` : condition;
};

/** One of several values; over a list, at least one element is. */
export const oneOfCondition = (
  variable: string,
  property: NamedProperty,
  values: Extract<Filter, { type: 'oneOf' }>['values'],
  parameters: Parameters,
): string => {
  const { now } = parameters;
  const list = parameters.add(values.map((value) => coerce(property, value, { exact: true, now })));
  const expression = `${variable}.${property.name}`;
  if (!property.definition.type.endsWith('List')) return `${expression} IN ${list}`;
  const element = parameters.variable();
  return `any(${element} IN ${expression} WHERE ${element} IN ${list})`;
};

/** Between two values, both included. */
export const betweenCondition = (
  variable: string,
  property: NamedProperty,
  between: Extract<Filter, { type: 'between' }>,
  parameters: Parameters,
): string => {
  checkOperator(property, 'less');
  const { now } = parameters;
  const low = parameters.add(coerce(property, between.low, { now }));
  const high = parameters.add(coerce(property, between.high, { now }));
  if (!property.definition.type.endsWith('List')) {
    return `${low} <= ${variable}.${property.name} <= ${high}`;
  }
  const element = parameters.variable();
  return `any(${element} IN ${variable}.${property.name} WHERE ${low} <= ${element} <= ${high})`;
};
