import { createHmac } from 'node:crypto';

/** Last parts of field names whose text is a name, or is made of names. */
const nameFields = new Set(
  [
    'name', 'hostname', 'dnsname', 'domainname', 'fqdn', 'computername', 'username', 'user', 'owner',
    'vmpathname', 'path', '$path', 'filename', 'file', 'parentfile', 'diskfile', 'datastorepath', 'folderpath',
    'networkname', 'switchname', 'portgroupname', 'remotehost', 'remotepath', 'searchdomain',
    'domain', 'servername', 'datacentername', 'clustername',
  ], // prettier-ignore
);
/** Fields in which people write what they like. */
const freeTextFields = new Set(['annotation', 'notes', 'description', 'comment']);

const keptWords = new Set(
  ['boot', 'vmfs', 'volumes', 'devices', 'disks', 'vmdk', 'vmx', 'vmtx', 'vmsd', 'vmsn', 'vmss', 'nvram', 'iso', 'log', 'flat', 'delta', 'ctk', 'vm', 'host', 'network', 'datastore', 'datacenters'], // prettier-ignore
);
const separators = /([\s[\]/\\.:,;@()]+|-\d{6}(?=\.|$))/u;
/** Numbers, quantities, times, switches: nothing that somebody made up. */
const plain =
  /^(?:[\W\d_]*|\d+(?:\.\d+)?\s?[A-Za-z]{1,2}|true|false|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d))$/iu;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const mac = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/iu;
const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/u;
const ipv6 = /^(?=.*:.*:)[0-9a-f:]+$/iu;

interface Reference {
  readonly type: string;
  readonly value: string;
}

/** A managed object by the id that the source gave it. */
const isReference = (value: object): value is Reference =>
  Object.keys(value).length === 2 &&
  'type' in value &&
  typeof value.type === 'string' &&
  'value' in value &&
  typeof value.value === 'string';

/** The name of a setting is the source's, its value is not. */
const isSetting = (value: object): boolean =>
  'key' in value && typeof value.key === 'string' && 'value' in value;

/** Keys that a reader added. They hold ids of the source, some of them by name. */
const idFields = new Set(['$tags', '$networkOf']);
const idsByName = new Set(['$networks', '$switches']);

const lastPart = (field: string): string => (field.split('.').at(-1) ?? field).toLowerCase();

/**
 * Replaces names and addresses, the same one always by the same one, so that the estate keeps its
 * shape: names word by word (so paths still contain the names of machines), addresses byte by byte
 * with equal prefixes kept equal, UUIDs as UUIDs. Who lacks the key cannot go back.
 */
export class Pseudonyms {
  private readonly words = new Map<string, string>();

  /**
   * @param technical fields whose texts stay, in lower case: every other text is taken for a name.
   * Without it only texts in fields that are known to hold names are replaced.
   */
  constructor(
    private readonly key: string,
    private readonly technical?: ReadonlySet<string>,
  ) {}

  copy(value: unknown, field = ''): unknown {
    if (idFields.has(field)) return value;
    if (typeof value === 'string') return this.text(value, lastPart(field));
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.copy(item, field));
    return isReference(value) ? value : this.fields(value, field);
  }

  private fields(value: object, field: string): object {
    const entries: [string, unknown][] = Object.entries(value);
    if (idsByName.has(field)) {
      return Object.fromEntries(entries.map(([name, id]) => [this.name(name), id]));
    }
    const kept = isSetting(value) ? 'key' : undefined;
    return Object.fromEntries(
      entries.map(([name, item]) => [name, name === kept ? item : this.copy(item, name)]),
    );
  }

  private text(text: string, field: string): string {
    if (uuid.test(text)) return this.uuid(text);
    if (mac.test(text)) return this.mac(text);
    if (ipv4.test(text)) return this.ipv4(text);
    if (ipv6.test(text)) return this.ipv6(text);
    if (freeTextFields.has(field)) return text === '' ? '' : `text ${this.digest(text, 8)}`;
    return this.holdsNames(text, field) ? this.name(text) : text;
  }

  private holdsNames(text: string, field: string): boolean {
    if (nameFields.has(field) || this.technical === undefined) return nameFields.has(field);
    return !this.technical.has(field) && !plain.test(text);
  }

  private digest(text: string, length: number): string {
    return createHmac('sha256', this.key).update(text).digest('hex').slice(0, length);
  }

  private name(text: string): string {
    return text
      .split(separators)
      .map((word, place) => (place % 2 === 1 ? word : this.word(word)))
      .join('');
  }

  private word(word: string): string {
    if (/^(?:\d*|[a-z])$/iu.test(word) || keptWords.has(word.toLowerCase())) return word;
    let replacement = this.words.get(word);
    if (replacement === undefined) {
      replacement = `n${this.digest(word, 10)}`;
      this.words.set(word, replacement);
    }
    return replacement;
  }

  private uuid(text: string): string {
    const hex = this.digest(text.toLowerCase(), 32);
    const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
    return [...parts, hex.slice(20)].join('-');
  }

  /** Each byte is shifted by what the bytes before it decide: equal prefixes stay equal, and only those. */
  private shift(bytes: readonly number[], size: number): number[] {
    return bytes.map((byte, place) => {
      const before = `${bytes.length} ${bytes.slice(0, place).join(' ')}`;
      return byte ^ (Number.parseInt(this.digest(before, 8), 16) % size);
    });
  }

  private mac(text: string): string {
    const bytes = this.shift(
      text.split(':').map((part) => Number.parseInt(part, 16)),
      256,
    );
    // Stays the address of one adapter: neither a group's nor another administration's.
    bytes[0] = (bytes[0] ?? 0) & 0xfc;
    return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
  }

  private ipv4(text: string): string {
    const bytes = text.split('.').map(Number);
    const special = bytes[0] === 127 || bytes[0] === 0 || bytes[0] === 255;
    return special ? text : this.shift(bytes, 256).join('.');
  }

  private ipv6(text: string): string {
    if (text === '::' || text === '::1') return text;
    const local = /^fe80:/iu.test(text);
    const groups = text
      .split(':')
      .map((group) => (group === '' ? undefined : Number.parseInt(group, 16)));
    const given = groups.filter((group) => group !== undefined);
    const shifted = this.shift(given, 65_536);
    if (local) shifted[0] = 0xfe80;
    let place = 0;
    return groups
      .map((group) => (group === undefined ? '' : (shifted[place++] ?? 0).toString(16)))
      .join(':');
  }
}
