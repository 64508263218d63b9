import type { Kind, PropertyDefinition } from '../../graph/model/index.js';
import type { Filter, Scalar } from '../ast.js';
import { coerce } from '../coerce.js';
import { resolvePath, type ResolvedPath } from '../path.js';
import {
  beforeNow,
  canonicalRelative,
  isRelative,
  parseDuration,
  secondsIn,
} from '../relative-moment.js';
import { textTest } from '../regular-expression.js';
import { positionAt, SearchError } from '../search-error.js';
import { likeFilter } from './like.js';
import type { ExpressionSyntax, PathSyntax, Span, ValueSyntax } from './syntax.js';

type Syntax<T extends ExpressionSyntax['type']> = Extract<ExpressionSyntax, { type: T }>;

const namesOf = (path: PathSyntax): readonly string[] => path.names.map(({ name }) => name);

const spanOfPath = (path: PathSyntax): Span => {
  const [first] = path.names;
  const last = path.names.at(-1);
  if (first === undefined || last === undefined) return { offset: 0, length: 0 };
  return { offset: first.offset, length: last.offset + last.length - first.offset };
};

const secondsOfUnit: Readonly<Record<string, number>> = { s: 1, min: 60 };

const bytesOf: Readonly<Record<string, number>> = { MiB: 1_048_576 };

/** Looks up what a person wrote in the model, and says where in the text it does not fit. */
export class Binder {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The same error with the place in the text that it is about. */
  located(error: unknown, span: Span): unknown {
    if (!(error instanceof SearchError) || error.position !== undefined) return error;
    const { what, subject, why, remedy, suggestion } = error;
    const position = positionAt(this.#text, span.offset, span.length);
    return new SearchError({ what, subject, why, remedy, suggestion, position });
  }

  #at<T>(span: Span, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.located(error, span);
    }
  }

  path(kinds: readonly Kind[], path: PathSyntax): ResolvedPath {
    try {
      return resolvePath(kinds, namesOf(path));
    } catch (error) {
      const subject = error instanceof SearchError ? error.subject : '';
      const name = path.names.find((candidate) => candidate.name === subject);
      throw this.located(error, name ?? spanOfPath(path));
    }
  }

  /** Path with the names the model uses: `capacity` becomes `capacityBytes`. */
  canonical(kinds: readonly Kind[], path: PathSyntax): readonly string[] {
    const resolved = this.path(kinds, path);
    const relations = resolved.hops.map((hop) => hop.relation.name);
    return resolved.property === undefined ? relations : [...relations, resolved.property.name];
  }

  #property(kinds: readonly Kind[], path: PathSyntax): PropertyDefinition {
    const { property } = this.path(kinds, path);
    if (property !== undefined) return property.definition;
    const subject = namesOf(path).join('.');
    throw this.located(
      new SearchError({
        what: 'The path ends at a relationship',
        subject,
        why: 'a comparison needs a value, and a relationship leads to objects',
        remedy: `Name a property after it, for instance ${subject}.name, or use any(${subject} where …).`,
      }),
      spanOfPath(path),
    );
  }

  #scalar(path: PathSyntax, definition: PropertyDefinition, value: ValueSyntax): Scalar {
    return this.#at(value, () => {
      if (value.value === null) {
        throw new SearchError({
          what: 'Nothing compares with null',
          subject: namesOf(path).join('.'),
          why: 'null means unknown',
          remedy: "Write 'is null' or 'is not null'.",
        });
      }
      if (value.duration === true) return this.#stretch(path, definition, String(value.value));
      if (definition.type === 'moment' && isRelative(String(value.value))) {
        return canonicalRelative(String(value.value));
      }
      const factor = value.suffixed ? (bytesOf[definition.unit ?? ''] ?? 1) : 1;
      const scalar = typeof value.value === 'number' ? value.value / factor : value.value;
      return scalar;
    });
  }

  /** A stretch of time counts in the unit of a field that holds one. */
  #stretch(path: PathSyntax, definition: PropertyDefinition, written: string): Scalar {
    const seconds = secondsIn(parseDuration(written));
    const factor = secondsOfUnit[definition.unit ?? ''];
    if (factor !== undefined && seconds !== undefined) return seconds / factor;
    const moment = definition.type === 'moment';
    throw new SearchError({
      what: 'The value does not fit the field',
      subject: namesOf(path).join('.'),
      why: `it holds ${moment ? 'a moment' : 'no stretch of time'}, and '${written}' is one`,
      remedy: moment
        ? `Write older than ${written}, newer than ${written}, or compare it with now - ${written}.`
        : 'Compare it with a value of its own kind; texts stand in quotes.',
    });
  }

  #age(kinds: readonly Kind[], syntax: Syntax<'age'>): Filter {
    const definition = this.#property(kinds, syntax.path);
    const path = this.canonical(kinds, syntax.path);
    return this.#at(syntax.value, () => {
      const value = beforeNow(parseDuration(String(syntax.value.value)));
      if (definition.type === 'moment') {
        return { type: 'compare', path, comparison: syntax.comparison, value };
      }
      throw new SearchError({
        what: 'The comparison does not fit the field',
        subject: path.join('.'),
        why: `only a moment is older or newer, and it holds a ${definition.type}`,
        remedy: 'Use it on a moment such as snapshots.createdAt.',
      });
    });
  }

  #checked(path: PathSyntax, definition: PropertyDefinition, value: ValueSyntax): Scalar {
    const scalar = this.#scalar(path, definition, value);
    const name = namesOf(path).join('.');
    this.#at(value, () => coerce({ name, definition }, scalar, { exact: true }));
    return scalar;
  }

  expression(kinds: readonly Kind[], syntax: ExpressionSyntax): Filter {
    switch (syntax.type) {
      case 'and':
      case 'or':
        return {
          type: syntax.type,
          filters: syntax.parts.map((part) => this.expression(kinds, part)),
        };
      case 'not':
        return { type: 'not', filter: this.expression(kinds, syntax.part) };
      case 'path':
        return this.#barePath(kinds, syntax.path);
      case 'compare':
        return this.#compare(kinds, syntax);
      case 'age':
        return this.#age(kinds, syntax);
      case 'like':
        return this.#like(kinds, syntax);
      case 'oneOf':
      case 'between':
        return this.#several(kinds, syntax);
      case 'missing':
        return { type: 'missing', path: this.canonical(kinds, syntax.path) };
      case 'quantified':
        return this.#quantified(kinds, syntax);
      case 'aggregate':
        return this.#aggregate(kinds, syntax);
      case 'fullText':
        return { type: 'fullText', text: String(syntax.value.value) };
    }
  }

  /** A name alone: a flag that is true, or a relationship that leads somewhere. */
  #barePath(kinds: readonly Kind[], path: PathSyntax): Filter {
    const names = this.canonical(kinds, path);
    const { property } = this.path(kinds, path);
    if (property === undefined) return { type: 'some', path: names };
    if (property.definition.type === 'flag') {
      return { type: 'compare', path: names, comparison: 'equals', value: true };
    }
    throw this.located(
      new SearchError({
        what: 'A condition is missing',
        subject: names.join('.'),
        why: `it holds a ${property.definition.type}, which is neither true nor false`,
        remedy: "Compare it, for instance with = 'value', or write 'is not null'.",
      }),
      spanOfPath(path),
    );
  }

  #compare(kinds: readonly Kind[], syntax: Syntax<'compare'>): Filter {
    const { comparison, value } = syntax;
    if (value.value === null && ['equals', 'notEquals'].includes(comparison)) {
      const missing: Filter = { type: 'missing', path: this.canonical(kinds, syntax.path) };
      return comparison === 'equals' ? missing : { type: 'not', filter: missing };
    }
    const definition = this.#property(kinds, syntax.path);
    const exact = ['equals', 'notEquals'].includes(comparison);
    const scalar = exact
      ? this.#checked(syntax.path, definition, value)
      : this.#scalar(syntax.path, definition, value);
    if (comparison === 'matches') this.#at(value, () => textTest(String(scalar)));
    const path = this.canonical(kinds, syntax.path);
    const ignoreCase = syntax.ignoreCase ? { ignoreCase: true } : {};
    return { type: 'compare', path, comparison, value: scalar, ...ignoreCase };
  }

  #like(kinds: readonly Kind[], syntax: Syntax<'like'>): Filter {
    this.#property(kinds, syntax.path);
    const path = this.canonical(kinds, syntax.path);
    return this.#at(syntax.value, () => {
      const filter = likeFilter(path, String(syntax.value.value), syntax.ignoreCase);
      if (filter.comparison === 'matches') textTest(String(filter.value));
      return filter;
    });
  }

  #several(kinds: readonly Kind[], syntax: Syntax<'oneOf' | 'between'>): Filter {
    const definition = this.#property(kinds, syntax.path);
    const path = this.canonical(kinds, syntax.path);
    const scalar = (value: ValueSyntax): Scalar => this.#checked(syntax.path, definition, value);
    return syntax.type === 'oneOf'
      ? { type: 'oneOf', path, values: syntax.values.map(scalar) }
      : { type: 'between', path, low: scalar(syntax.low), high: scalar(syntax.high) };
  }

  #quantified(kinds: readonly Kind[], syntax: Syntax<'quantified'>): Filter {
    const { over, quantifier: type } = syntax;
    if (over.type === 'path') {
      const resolved = this.path(kinds, over.path);
      const path = this.canonical(kinds, over.path);
      if (syntax.filter === undefined) return { type, path };
      return { type, path, filter: this.expression(resolved.kinds, syntax.filter) };
    }
    // any(disks.capacity > 2Ti): the relationships are what is quantified over.
    const inner = this.expression(kinds, over);
    if (!('path' in inner) || inner.type === 'aggregate' || inner.path.length < 2) {
      throw this.located(
        new SearchError({
          what: 'It is not clear what is counted',
          subject: type,
          why: 'the condition in the parentheses does not start with a relationship',
          remedy: "Write for instance any(disks where capacity > 2Ti and bus = 'scsi').",
        }),
        syntax.span,
      );
    }
    const property = inner.path.slice(-1);
    return { type, path: inner.path.slice(0, -1), filter: { ...inner, path: property } };
  }

  #aggregate(kinds: readonly Kind[], syntax: Syntax<'aggregate'>): Filter {
    const resolved = this.path(kinds, syntax.path);
    const definition = resolved.property?.definition ?? { type: 'float', doc: 'A count.' };
    const value = this.#checked(syntax.path, definition, syntax.value);
    if (typeof value !== 'number') throw new Error('An aggregate compares with a number');
    const filter =
      syntax.filter === undefined ? {} : { filter: this.expression(resolved.kinds, syntax.filter) };
    const path = this.canonical(kinds, syntax.path);
    const { comparison } = syntax;
    return { type: 'aggregate', function: syntax.function, path, comparison, value, ...filter };
  }
}
