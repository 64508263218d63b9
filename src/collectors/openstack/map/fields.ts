import { to, type EdgeTarget, type EntityKind } from '../../../graph/model/index.js';
import type { Omission, RawObject } from '../../contract.js';
import { isRaw, longestList, shown, type Raw } from '../../raw-value.js';

const gibibyte = 2 ** 30;
const mebibyte = 2 ** 20;

/** What could not be used of one object, each field once. */
class Remarks {
  readonly said = new Map<string, string>();

  constructor(
    readonly kind: EntityKind,
    readonly externalId: string,
  ) {}
}

/**
 * Reads the fields of an object of a service. What is unset is `undefined`; what has another form
 * than expected is `undefined` too, with a remark, so that one odd field costs that field alone.
 */
export class Fields {
  private constructor(
    private readonly raw: Raw,
    private readonly remarks: Remarks,
    private readonly path: string,
  ) {}

  static of({ body, externalId }: RawObject, kind: EntityKind): Fields {
    return new Fields(body, new Remarks(kind, externalId), '');
  }

  /** Remarks of the object that these fields are of. */
  get omissions(): readonly Omission[] {
    const { kind, externalId, said } = this.remarks;
    return [...said].map(([what, why]) => ({ kind, externalId, what, why }));
  }

  /** Text that says something: empty counts as unset, as clients of the cloud have it too. */
  text(name: string): string | undefined {
    const value = this.value(name);
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (typeof value === 'string') return value.trim() === '' ? undefined : value;
    if (value !== undefined) this.odd(name, value, 'a text');
    return undefined;
  }

  /** A whole number; old services give some as text. */
  integer(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined || value === '') return undefined;
    const number = typeof value === 'string' ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
    this.odd(name, value, 'a whole number');
    return undefined;
  }

  /** Bytes of a size that the service gives in GiB, fractions included. */
  gibibytes(name: string): number | undefined {
    const value = this.value(name);
    const number = typeof value === 'string' && value !== '' ? Number(value) : value;
    if (number === undefined) return undefined;
    if (typeof number === 'number' && Number.isSafeInteger(Math.round(number * gibibyte))) {
      return Math.round(number * gibibyte);
    }
    // Storage drivers say infinite or unknown where they cannot tell.
    if (value !== 'infinite' && value !== 'unknown') this.odd(name, value, 'a size');
    return undefined;
  }

  /** Bytes of a size that the service gives in MiB. */
  mebibytes(name: string): number | undefined {
    const size = this.integer(name);
    return size === undefined ? undefined : size * mebibyte;
  }

  flag(name: string): boolean | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    const word = typeof value === 'string' ? value.toLowerCase() : '';
    if (word === 'true' || word === 'false') return word === 'true';
    this.odd(name, value, 'true or false');
    return undefined;
  }

  /** A time in the model's form. Services leave out the zone and mean UTC. */
  moment(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const time = new Date(/(?:z|[+-]\d\d:?\d\d)$/iu.test(text) ? text : `${text}Z`);
    if (!Number.isNaN(time.getTime())) return time.toISOString();
    this.odd(name, text, 'a time');
    return undefined;
  }

  texts(name: string): readonly string[] {
    return this.list(name).flatMap((value) => {
      if (typeof value === 'string') return value;
      this.odd(name, value, 'a list of texts');
      return [];
    });
  }

  /** Fields of an object; empty ones where it is unset, so that one can read on. */
  part(name: string): Fields {
    const value = this.value(name);
    // Nova gives an empty text for what is none, for instance the image of a volume-booted server.
    if (value !== undefined && value !== '' && !isRaw(value)) this.odd(name, value, 'an object');
    return new Fields(isRaw(value) ? value : {}, this.remarks, this.at(name));
  }

  /** Fields of an object that some versions give as JSON within a text. */
  objectOrJson(name: string): Fields {
    const value = this.value(name);
    if (typeof value !== 'string') return this.part(name);
    try {
      const parsed: unknown = value === '' ? {} : JSON.parse(value);
      if (isRaw(parsed)) return new Fields(parsed, this.remarks, this.at(name));
    } catch {
      // Said below, as for every other form that is not the expected one.
    }
    this.odd(name, value, 'an object');
    return new Fields({}, this.remarks, this.at(name));
  }

  objects(name: string): readonly Fields[] {
    return this.list(name).flatMap((value, place) => {
      if (isRaw(value)) return new Fields(value, this.remarks, `${this.at(name)}[${place}]`);
      this.odd(name, value, 'a list of objects');
      return [];
    });
  }

  /** `key=value` for each entry of an object, in the order of the keys. */
  pairs(name: string): readonly string[] {
    return [...this.entries(name)].map(([key, value]) => `${key}=${value}`).sort();
  }

  /** Entries of an object as texts. */
  entries(name: string): ReadonlyMap<string, string> {
    const value = this.value(name);
    if (!isRaw(value)) return new Map();
    return new Map(
      Object.entries(value).flatMap(([key, each]) =>
        each === null || each === undefined
          ? []
          : [[key, typeof each === 'string' ? each : JSON.stringify(each)] as const],
      ),
    );
  }

  /** Names of the entries of an object. */
  keys(name: string): readonly string[] {
    const value = this.value(name);
    return isRaw(value) ? Object.keys(value) : [];
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  /** The object that an id in a field names. */
  edge(name: string, kind: EntityKind): EdgeTarget | undefined {
    const id = this.text(name);
    return id === undefined ? undefined : to(kind, id);
  }

  private value(name: string): unknown {
    const value = Object.hasOwn(this.raw, name) ? this.raw[name] : undefined;
    return value ?? undefined;
  }

  private list(name: string): readonly unknown[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.odd(name, value, 'a list');
      return [];
    }
    const items: readonly unknown[] = value;
    if (items.length <= longestList) return items;
    const why = `${items.length} entries; the first ${longestList} were kept`;
    this.remarks.said.set(this.at(name), why);
    return items.slice(0, longestList);
  }

  private at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  private odd(name: string, value: unknown, expected: string): void {
    this.remarks.said.set(this.at(name), `${shown(value)} is not ${expected}`);
  }
}

/** Relationships without those that have no other end. */
export const edges = <Name extends string>(
  given: Readonly<Record<Name, EdgeTarget | readonly EdgeTarget[] | undefined>>,
): Partial<Record<Name, EdgeTarget | readonly EdgeTarget[]>> => {
  const present: Partial<Record<Name, EdgeTarget | readonly EdgeTarget[]>> = {};
  for (const name of Object.keys(given) as Name[]) {
    const target = given[name];
    if (target !== undefined) present[name] = target;
  }
  return present;
};
