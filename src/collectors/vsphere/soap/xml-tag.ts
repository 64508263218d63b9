const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';
const none: Readonly<Record<string, string>> = {};

/** The part of a qualified name after its prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** A start tag. Answers repeat some hundred tags a million times, so that one object serves all. */
export class XmlTag {
  readonly local: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Name of the attribute that names classes from here on, where the tag declares its prefix. */
  readonly classAttribute: string | undefined;
  private readonly classes = new Map<string, string | undefined>();

  constructor(
    readonly name: string,
    attributes: ReadonlyMap<string, string>,
    readonly isEmpty: boolean,
  ) {
    this.local = localName(name);
    this.attributes = attributes.size === 0 ? none : Object.fromEntries(attributes);
    const [declared] = [...attributes].filter(
      ([key, value]) => key.startsWith('xmlns:') && value === schemaInstance,
    );
    this.classAttribute = declared === undefined ? undefined : `${declared[0].slice(6)}:type`;
  }

  /** The class that the tag names with the given attribute, without its prefix. */
  className(attribute: string): string | undefined {
    if (this.attributes === none) return undefined;
    if (this.classes.has(attribute)) return this.classes.get(attribute);
    const value = this.attributes[attribute];
    const name = value === undefined ? undefined : localName(value);
    this.classes.set(attribute, name);
    return name;
  }
}
