import { XmlTag } from './xml-tag.js';

/** What a scanner tells of the text it reads. */
export interface XmlListener {
  open(tag: XmlTag): void;
  close(): void;
  text(piece: string): void;
  /** False where the text of the current element is of no use. */
  readonly wantsText: boolean;
}

/** Why a text is not the XML that servers of the protocol send. */
export class XmlFault extends Error {}

/** Beyond this a tag or a comment is no tag. */
const longestMarkup = 1 << 20;
const mostTags = 4_096;

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};
const largestCodePoint = 0x10ffff;

function entity(name: string): string {
  const known = entities[name];
  if (known !== undefined) return known;
  const digits = /^#(?:x([0-9a-f]+)|(\d+))$/iu.exec(name);
  const code = digits?.[1] === undefined ? Number(digits?.[2]) : Number.parseInt(digits[1], 16);
  if (digits === null || !(code <= largestCodePoint)) {
    throw new XmlFault(`it uses the entity ${name.slice(0, 40)}, which is not declared`);
  }
  return String.fromCodePoint(code);
}

function decoded(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/gu, '\n') : text;
  return lines.includes('&')
    ? lines.replace(/&([^;]*);?/gu, (_all, name: string) => entity(name))
    : lines;
}

const attribute = /\s+([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/uy;
const ending = /\s*(\/?)>/uy;

/**
 * Reads the XML of SOAP answers piece by piece. It knows elements, attributes, text, CDATA and the
 * five entities; document types are refused. Several times as fast as a general parser, because
 * tags that were seen before are not parsed again and text that nobody wants is not looked at.
 */
export class XmlScanner {
  private rest = '';
  private readonly open: string[] = [];
  private readonly tags = new Map<string, XmlTag>();

  constructor(
    private readonly listener: XmlListener,
    private readonly maximumDepth: number,
  ) {}

  /** @throws XmlFault where the text is no such XML. */
  write(piece: string): void {
    const text = this.rest + piece;
    this.rest = text.slice(this.scan(text));
    if (this.rest.length > longestMarkup && this.rest.startsWith('<')) {
      throw new XmlFault('it holds a tag without an end');
    }
  }

  /** @throws XmlFault where the text ends too early. */
  end(): void {
    if (this.open.length > 0 || this.rest.trim() !== '') {
      throw new XmlFault('it ends within an element');
    }
  }

  /** Reads what is there whole, and returns where the rest begins. */
  private scan(text: string): number {
    let place = 0;
    for (;;) {
      const start = text.indexOf('<', place);
      if (start === -1) return this.endOfText(text, place);
      if (start > place) this.tell(text, place, start);
      const next = this.markup(text, start);
      if (next === undefined) return start;
      place = next;
    }
  }

  /** Text without a tag after it: an entity at its end may not be whole yet. */
  private endOfText(text: string, from: number): number {
    const begun = text.lastIndexOf('&');
    const end = begun >= from && !text.includes(';', begun) ? begun : text.length;
    // What a line break is shows with the next character.
    const whole = text.charAt(end - 1) === '\r' ? end - 1 : end;
    if (whole > from) this.tell(text, from, whole);
    return Math.max(whole, from);
  }

  private tell(text: string, from: number, to: number): void {
    if (this.listener.wantsText) this.listener.text(decoded(text.slice(from, to)));
  }

  private markup(text: string, start: number): number | undefined {
    switch (text.charAt(start + 1)) {
      case '':
        return undefined;
      case '/':
        return this.endTag(text, start);
      case '?':
        return after(text, '?>', start);
      case '!':
        return this.declaration(text, start);
      default:
        return this.startTag(text, start);
    }
  }

  private endTag(text: string, start: number): number | undefined {
    const end = text.indexOf('>', start);
    if (end === -1) return undefined;
    const name = this.open.pop();
    if (name === undefined || !isNamed(text, start + 2, end, name)) {
      throw new XmlFault(
        `it closes ${text.slice(start + 2, Math.min(end, start + 42))}, which is not open`,
      );
    }
    this.listener.close();
    return end + 1;
  }

  private declaration(text: string, start: number): number | undefined {
    if (text.startsWith('<![CDATA[', start)) {
      const end = text.indexOf(']]>', start);
      if (end === -1) return undefined;
      if (this.listener.wantsText) this.listener.text(text.slice(start + 9, end));
      return end + 3;
    }
    if (text.startsWith('<!--', start)) return after(text, '-->', start + 4);
    const isWhole = text.length - start >= '<![CDATA['.length;
    if (isWhole || text.startsWith('<!D', start)) {
      throw new XmlFault('it holds a document type declaration');
    }
    return undefined;
  }

  private startTag(text: string, start: number): number | undefined {
    const end = text.indexOf('>', start);
    if (end === -1) return undefined;
    const known = this.tags.get(text.slice(start, end + 1));
    if (known !== undefined) return this.opened(known, end + 1);
    const parsed = parseTag(text, start);
    if (parsed === undefined) return undefined;
    // A tag with a > in an attribute is longer than what it would be found by.
    if (parsed.end === end + 1 && this.tags.size < mostTags) {
      this.tags.set(text.slice(start, end + 1), parsed.tag);
    }
    return this.opened(parsed.tag, parsed.end);
  }

  private opened(tag: XmlTag, next: number): number {
    if (this.open.length >= this.maximumDepth) {
      throw new XmlFault(`it nests deeper than ${this.maximumDepth}`);
    }
    this.listener.open(tag);
    if (tag.isEmpty) this.listener.close();
    else this.open.push(tag.name);
    return next;
  }
}

function after(text: string, mark: string, from: number): number | undefined {
  const found = text.indexOf(mark, from);
  return found === -1 ? undefined : found + mark.length;
}

function isNamed(text: string, from: number, to: number, name: string): boolean {
  if (!text.startsWith(name, from)) return false;
  return to === from + name.length || text.slice(from + name.length, to).trim() === '';
}

/** `undefined` where the text ends within the tag. */
function parseTag(text: string, start: number): { tag: XmlTag; end: number } | undefined {
  const name = /[^\s/>]+/uy;
  name.lastIndex = start + 1;
  const found = name.exec(text)?.[0];
  if (found === undefined) throw new XmlFault('it holds a tag without a name');
  const attributes = new Map<string, string>();
  let place = name.lastIndex;
  for (;;) {
    attribute.lastIndex = place;
    const each = attribute.exec(text);
    if (each === null) break;
    attributes.set(each[1] ?? '', decoded(each[2] ?? each[3] ?? ''));
    place = attribute.lastIndex;
  }
  ending.lastIndex = place;
  const end = ending.exec(text);
  if (end !== null) {
    return { tag: new XmlTag(found, attributes, end[1] === '/'), end: ending.lastIndex };
  }
  if (isBegun(text.slice(place))) return undefined;
  throw new XmlFault(`the tag ${found.slice(0, 40)} cannot be read`);
}

/** Whether more text could make an attribute of it, or the end of a tag. */
const isBegun = (text: string): boolean =>
  /^\s*(?:\/|[^\s=/>"']+\s*(?:=\s*(?:"[^"]*|'[^']*)?)?)?$/u.test(text);
