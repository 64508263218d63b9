import { GraphQLBoolean, GraphQLFloat, GraphQLString } from 'graphql';
import type { Kind, PropertyType } from '../../graph/index.js';
import { declareField, declareInput, type TypeClass, type TypeReference } from '../declare.js';
import { propertiesOf, relationsOf } from '../inventory/kind-fields.js';
import { commonNameOf } from '../inventory/kind-names.js';
import { documentationOf } from '../inventory/property-types.js';
import { Long, Moment } from '../scalars.js';

type Tests = readonly (readonly [string, string])[];

const declareTests = (name: string, value: TypeReference, tests: Tests): TypeClass => {
  const input = declareInput(name, 'Tests of one value. Several together have to hold all.');
  for (const [test, description] of tests) {
    const list = test === 'in' || test === 'notIn';
    const flag = test === 'isNull' || test === 'ignoreCase';
    const duration = test === 'olderThan' || test === 'newerThan';
    const type = flag ? GraphQLBoolean : duration ? GraphQLString : value;
    declareField(input, test, { type: () => (list ? [type] : type), description, nullable: true });
  }
  return input;
};

const equality = [
  ['eq', 'Equal.'],
  ['ne', 'Not equal; the unknown counts as not equal.'],
  ['in', 'Equal to one of them.'],
  ['notIn', 'Equal to none of them; the unknown counts as not equal.'],
  ['isNull', 'Unknown, or with false: known.'],
] as const;

const order = [
  ['lt', 'Less.'],
  ['lte', 'Less or equal.'],
  ['gt', 'Greater.'],
  ['gte', 'Greater or equal.'],
] as const;

const ages = [
  ['olderThan', 'Longer ago than this: `90d`, `2 weeks`, or an ISO 8601 duration such as `P90D`.'],
  ['newerThan', 'Less long ago than this, in the same forms.'],
] as const;

const texts = [
  ['contains', 'Holds this text.'],
  ['startsWith', 'Starts with this text.'],
  ['endsWith', 'Ends with this text.'],
  ['matches', 'Matches this regular expression somewhere; anchors narrow it.'],
  ['ignoreCase', 'Compare without regard to case, for all tests beside it.'],
] as const;

interface TestedType {
  readonly input: TypeClass;
  readonly tests: Tests;
}

const testedType = (name: string, value: TypeReference, tests: Tests): TestedType => ({
  input: declareTests(name, value, tests),
  tests,
});

const tested = {
  text: testedType('TextTests', GraphQLString, [...equality, ...order, ...texts]),
  long: testedType('LongTests', Long, [...equality, ...order]),
  float: testedType('FloatTests', GraphQLFloat, [...equality, ...order]),
  moment: testedType('MomentTests', Moment, [...equality, ...order, ...ages]),
  flag: testedType('FlagTests', GraphQLBoolean, [equality[0], equality[1], equality[4]]),
};

const testsByType: Readonly<Record<PropertyType, TestedType>> = {
  text: tested.text,
  textList: tested.text,
  integer: tested.long,
  integerList: tested.long,
  float: tested.float,
  moment: tested.moment,
  flag: tested.flag,
};

/** Names of the tests that a property of a type takes; ignoreCase goes with the others. */
export const testNamesOf = (type: PropertyType): readonly string[] =>
  testsByType[type].tests.map(([name]) => name);

const whereTypes = new Map<string, TypeClass>();
const quantifierTypes = new Map<string, TypeClass>();

const quantifiersOf = (kinds: readonly Kind[]): TypeClass => {
  const name = `${commonNameOf(kinds)}Quantifiers`;
  const known = quantifierTypes.get(name);
  if (known !== undefined) return known;
  const input = declareInput(name, 'Conditions on all that a relationship leads to.');
  quantifierTypes.set(name, input);
  const where = whereTypeOf(kinds);
  for (const [quantifier, description] of [
    ['some', 'At least one fulfils this.'],
    ['all', 'Each fulfils this; so do none at all.'],
    ['none', 'None fulfils this.'],
  ] as const) {
    declareField(input, quantifier, { type: () => where, description, nullable: true });
  }
  const description = 'How many there are.';
  declareField(input, 'count', { type: () => tested.long.input, description, nullable: true });
  return input;
};

const declareMembers = (input: TypeClass, kinds: readonly Kind[]): void => {
  const names = new Set<string>();
  for (const property of kinds.flatMap(propertiesOf)) {
    if (names.has(property.name)) continue;
    names.add(property.name);
    const { input: tests } = testsByType[property.definition.type];
    const list = property.definition.type.endsWith('List');
    const description = `${documentationOf(property.definition)}${list ? ' At least one element fulfils the tests.' : ''}`;
    declareField(input, property.name, { type: () => tests, description, nullable: true });
  }
  if (kinds.length > 3) return;
  for (const relation of kinds.flatMap(relationsOf)) {
    if (names.has(relation.name)) continue;
    names.add(relation.name);
    const type = relation.many ? quantifiersOf(relation.targets) : whereTypeOf(relation.targets);
    declareField(input, relation.name, {
      type: () => type,
      description: relation.doc,
      nullable: true,
    });
  }
};

/** The input type of a filter over nodes of any of the kinds. */
export const whereTypeOf = (kinds: readonly Kind[]): TypeClass => {
  const name = `${commonNameOf(kinds)}Where`;
  const known = whereTypes.get(name);
  if (known !== undefined) return known;
  const input = declareInput(name, 'Conditions that have to hold all.');
  whereTypes.set(name, input);
  for (const [member, description] of [
    ['and', 'All of these hold.'],
    ['or', 'At least one of these holds.'],
  ] as const) {
    declareField(input, member, { type: () => [input], description, nullable: true });
  }
  const description = 'This does not hold.';
  declareField(input, 'not', { type: () => input, description, nullable: true });
  declareField(input, 'exists', {
    type: () => GraphQLBoolean,
    description: 'Below a relationship to one: whether it leads anywhere.',
    nullable: true,
  });
  declareMembers(input, kinds);
  return input;
};
