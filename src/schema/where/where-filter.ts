import { fieldsOf, type Field, type Kind } from '../../graph/index.js';
import {
  beforeNow,
  Comparison,
  parseDuration,
  type Filter,
  type Scalar,
} from '../../search/index.js';
import { WhereError } from './where-error.js';

type Fields = Readonly<Record<string, unknown>>;

const comparisons: Readonly<Record<string, Comparison>> = {
  eq: Comparison.equals,
  ne: Comparison.notEquals,
  lt: Comparison.less,
  lte: Comparison.lessOrEqual,
  gt: Comparison.greater,
  gte: Comparison.greaterOrEqual,
  contains: Comparison.contains,
  startsWith: Comparison.startsWith,
  endsWith: Comparison.endsWith,
  matches: Comparison.matches,
};

const mostConditions = 200;
const mostListed = 1_000;
const deepest = 12;

const refuse = (subject: string, why: string, remedy: string): WhereError =>
  new WhereError({
    code: 'where.invalid',
    what: 'The filter cannot be answered',
    subject,
    why,
    remedy,
    retryable: false,
  });

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): value is Scalar =>
  ['string', 'number', 'boolean'].includes(typeof value);

const allOf = (filters: readonly Filter[]): Filter => {
  const [first] = filters;
  return first !== undefined && filters.length === 1 ? first : { type: 'and', filters };
};

const not = (filter: Filter): Filter => ({ type: 'not', filter });

/** Reads one `where`; counts as it goes, so that no request holds an endless filter. */
class WhereReader {
  private conditions = 0;

  where(kinds: readonly Kind[], value: unknown, depth: number): Filter {
    if (!isFields(value)) throw refuse('where', 'it is null', 'Leave it out, or give an object');
    if (depth > deepest) {
      throw refuse('where', `it nests deeper than ${deepest}`, 'Split it into several requests');
    }
    const filters = Object.entries(value).flatMap(([name, given]) =>
      given === undefined ? [] : [this.member(kinds, name, given, depth + 1)],
    );
    return allOf(filters);
  }

  private member(kinds: readonly Kind[], name: string, given: unknown, depth: number): Filter {
    if (name === 'and' || name === 'or') {
      return { type: name, filters: this.parts(kinds, given, depth) };
    }
    if (name === 'not') return not(this.where(kinds, given, depth));
    if (name === 'exists') return allOf(given === false ? [not(allOf([]))] : []);
    const field = kinds
      .map((kind) => fieldsOf(kind).get(name))
      .find((found) => found !== undefined);
    if (field === undefined) throw refuse(name, 'it is no field', 'See the schema for the fields');
    if (!isFields(given)) throw refuse(name, 'it is null', 'To ask for what is unknown use isNull');
    if (field.type === 'property') return allOf(this.property(name, given));
    return field.many
      ? allOf(this.quantifiers(kinds, field, given, depth))
      : this.toOne(kinds, field, given, depth);
  }

  private parts(kinds: readonly Kind[], given: unknown, depth: number): Filter[] {
    const parts = Array.isArray(given) ? (given as readonly unknown[]) : [given];
    return parts.map((part) => {
      this.count();
      return this.where(kinds, part, depth);
    });
  }

  private property(name: string, given: Fields): Filter[] {
    const { ignoreCase, ...tests } = given;
    return Object.entries(tests).flatMap(([operator, value]) =>
      value === undefined ? [] : [this.test(name, operator, value, ignoreCase === true)],
    );
  }

  private test(name: string, operator: string, value: unknown, ignoreCase: boolean): Filter {
    this.count();
    const path = [name];
    if (value === null)
      throw refuse(name, `'${operator}' is null`, 'To ask for what is unknown use isNull');
    if (operator === 'isNull') {
      return value === true ? { type: 'missing', path } : not({ type: 'missing', path });
    }
    if (operator === 'in' || operator === 'notIn') {
      const oneOf = this.oneOf(name, this.listed(name, value), ignoreCase);
      return operator === 'in' ? oneOf : not(oneOf);
    }
    if (operator === 'olderThan' || operator === 'newerThan') {
      const comparison = operator === 'olderThan' ? Comparison.less : Comparison.greater;
      const stretch = typeof value === 'string' ? value : '';
      return this.compare(path, comparison, beforeNow(parseDuration(stretch)), false);
    }
    const comparison = comparisons[operator];
    if (comparison === undefined || !isScalar(value)) {
      throw refuse(name, `'${operator}' is no test`, 'See the schema for the tests');
    }
    return this.compare(path, comparison, value, ignoreCase);
  }

  /** The values of a list, which is bounded: the database compares each object with each of them. */
  private listed(name: string, value: unknown): readonly Scalar[] {
    const values = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    if (values.length > mostListed) {
      const why = `it lists ${values.length} values, and ${mostListed} are allowed`;
      throw refuse(name, why, 'Send several requests, or describe what the values have in common');
    }
    if (!values.every(isScalar)) {
      throw refuse(name, 'its list holds null', 'To ask for what is unknown use isNull');
    }
    return values;
  }

  private oneOf(name: string, values: readonly Scalar[], ignoreCase: boolean): Filter {
    const path = [name];
    if (!ignoreCase) return { type: 'oneOf', path, values };
    const filters = values.map((value) => {
      this.count();
      return this.compare(path, 'equals', value, true);
    });
    return { type: 'or', filters };
  }

  private compare(
    path: readonly string[],
    comparison: Comparison,
    value: Scalar,
    ignoreCase: boolean,
  ): Filter {
    return { type: 'compare', path, comparison, value, ...(ignoreCase ? { ignoreCase } : {}) };
  }

  private toOne(kinds: readonly Kind[], field: Field, given: Fields, depth: number): Filter {
    this.count();
    const path = [field.name];
    const { exists, ...rest } = given;
    const inner = Object.values(rest).some((value) => value !== undefined)
      ? this.where(this.targets(kinds, field.name), rest, depth)
      : undefined;
    if (exists === false) return { type: 'missing', path };
    return { type: 'some', path, ...(inner === undefined ? {} : { filter: inner }) };
  }

  private quantifiers(
    kinds: readonly Kind[],
    field: Field,
    given: Fields,
    depth: number,
  ): Filter[] {
    const path = [field.name];
    const targets = this.targets(kinds, field.name);
    return Object.entries(given).flatMap(([quantifier, value]): Filter[] => {
      if (value === undefined) return [];
      this.count();
      if (quantifier === 'count') return this.counts(path, value);
      if (quantifier !== 'some' && quantifier !== 'all' && quantifier !== 'none') {
        throw refuse(
          field.name,
          `'${quantifier}' is no quantifier`,
          'Use some, all, none or count',
        );
      }
      return [{ type: quantifier, path, filter: this.where(targets, value, depth) }];
    });
  }

  private counts(path: readonly string[], given: unknown): Filter[] {
    if (!isFields(given)) throw refuse('count', 'it is null', 'Leave it out, or give a test');
    return Object.entries(given).flatMap(([operator, value]) =>
      value === undefined ? [] : [this.countTest(path, operator, value)],
    );
  }

  private countTest(path: readonly string[], operator: string, value: unknown): Filter {
    this.count();
    // A count is always known.
    if (operator === 'isNull') return value === true ? not(allOf([])) : allOf([]);
    const is = (comparison: Comparison, number: unknown): Filter => {
      if (typeof number !== 'number') {
        throw refuse('count', `'${operator}' holds no number`, 'Compare it with a whole number');
      }
      return { type: 'aggregate', function: 'count', path, comparison, value: number };
    };
    if (operator === 'in' || operator === 'notIn') {
      const filters = this.listed('count', value).map((one) => {
        this.count();
        return is('equals', one);
      });
      return operator === 'in' ? { type: 'or', filters } : not({ type: 'or', filters });
    }
    const comparison = comparisons[operator];
    if (comparison !== undefined) return is(comparison, value);
    throw refuse('count', `'${operator}' is no test`, 'See the schema for the tests');
  }

  private targets(kinds: readonly Kind[], name: string): readonly Kind[] {
    const targets = kinds.flatMap((kind) => {
      const field = fieldsOf(kind).get(name);
      return field?.type === 'relation' ? field.targets : [];
    });
    return [...new Set(targets)];
  }

  private count(): void {
    this.conditions += 1;
    if (this.conditions <= mostConditions) return;
    throw refuse('where', `it has more than ${mostConditions} conditions`, 'Use `in` for lists');
  }
}

/**
 * A `where` of the API as a filter of the search.
 *
 * @throws WhereError where it nests or grows beyond the limits, or asks for null.
 */
export const whereFilter = (kinds: readonly Kind[], where: unknown): Filter | undefined =>
  where === undefined || where === null ? undefined : new WhereReader().where(kinds, where, 0);
