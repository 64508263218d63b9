import type { EntityKind } from '../../../graph/model/index.js';
import type { Omission } from '../../contract.js';
import { isRaw, longestList, shown, type Raw } from '../../raw-value.js';
import type { ManagedObjectReference } from '../raw.js';

/** Collects what could not be used of one object, so that it is said once and nothing fails. */
export class Remarks {
  private readonly said = new Map<string, Omission>();

  constructor(
    private readonly kind: EntityKind,
    private readonly externalId: string,
  ) {}

  add(what: string, why: string): void {
    // A field that several properties are made of is read more than once.
    this.said.set(what, { kind: this.kind, externalId: this.externalId, what, why });
  }

  get omissions(): readonly Omission[] {
    return [...this.said.values()];
  }
}

/**
 * Reads the fields of a raw value with the type that is expected. What is unset is `undefined`;
 * what has another form than expected is `undefined` too, with a remark. A reader instead of a
 * schema, since one odd field must cost that field alone, and each one wants its path in words.
 */
export class Fields {
  constructor(
    private readonly raw: Raw,
    private readonly remarks: Remarks,
    private readonly path = '',
  ) {}

  /** The class that the source named. */
  get class(): string {
    return typeof this.raw.$type === 'string' ? this.raw.$type : '';
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    this.odd(name, value, 'a text');
    return undefined;
  }

  /** Text that says something: empty counts as unset. */
  filled(name: string): string | undefined {
    const text = this.text(name)?.trim();
    return text === '' ? undefined : text;
  }

  integer(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
    this.odd(name, value, 'a whole number');
    return undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    this.odd(name, value, 'true or false');
    return undefined;
  }

  /** A time in the model's form: ISO 8601 in UTC with milliseconds. */
  moment(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined || text === '') return undefined;
    const time = new Date(text);
    if (!Number.isNaN(time.getTime())) return time.toISOString();
    this.odd(name, text, 'a time');
    return undefined;
  }

  /** One of a closed set. */
  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const text = this.filled(name);
    if (text === undefined) return undefined;
    const found = values.find((value) => value === text);
    if (found === undefined) this.odd(name, text, `one of ${values.join(', ')}`);
    return found;
  }

  reference(name: string): ManagedObjectReference | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : this.asReference(name, value);
  }

  references(name: string): readonly ManagedObjectReference[] {
    return this.list(name).flatMap((value) => this.asReference(name, value) ?? []);
  }

  texts(name: string): readonly string[] {
    return this.list(name).flatMap((value) =>
      typeof value === 'string' ? value : this.none(name, value, 'a list of texts'),
    );
  }

  integers(name: string): readonly number[] {
    return this.list(name).flatMap((value) =>
      typeof value === 'number' && Number.isSafeInteger(value)
        ? value
        : this.none(name, value, 'a list of whole numbers'),
    );
  }

  fields(name: string): Fields | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (isRaw(value)) return new Fields(value, this.remarks, this.at(name));
    this.odd(name, value, 'an object');
    return undefined;
  }

  /** Fields of an object; an empty one where it is unset, so that one can read on. */
  part(name: string): Fields {
    return this.fields(name) ?? new Fields({}, this.remarks, this.at(name));
  }

  objects(name: string): readonly Fields[] {
    return this.list(name).flatMap((value, place) =>
      isRaw(value)
        ? new Fields(value, this.remarks, `${this.at(name)}[${place}]`)
        : this.none(name, value, 'a list of objects'),
    );
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  /** Entries of an object whose values are texts. */
  textEntries(name: string): ReadonlyMap<string, string> {
    const value = this.value(name);
    if (!isRaw(value)) return new Map();
    return new Map(
      Object.entries(value).flatMap(([key, text]) =>
        typeof text === 'string' ? [[key, text] as const] : [],
      ),
    );
  }

  private value(name: string): unknown {
    const value = Object.hasOwn(this.raw, name) ? this.raw[name] : undefined;
    return value ?? undefined;
  }

  private list(name: string): readonly unknown[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) return this.none(name, value, 'a list');
    const items: readonly unknown[] = value;
    if (items.length <= longestList) return items;
    this.remarks.add(this.at(name), `${items.length} entries; the first ${longestList} were kept`);
    return items.slice(0, longestList);
  }

  private asReference(name: string, value: unknown): ManagedObjectReference | undefined {
    if (isRaw(value) && typeof value.value === 'string' && value.value !== '') {
      return { type: typeof value.type === 'string' ? value.type : '', value: value.value };
    }
    this.odd(name, value, 'a reference');
    return undefined;
  }

  private at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  private odd(name: string, value: unknown, expected: string): void {
    this.remarks.add(this.at(name), `${shown(value)} is not ${expected}`);
  }

  private none(name: string, value: unknown, expected: string): readonly never[] {
    this.odd(name, value, expected);
    return [];
  }
}
