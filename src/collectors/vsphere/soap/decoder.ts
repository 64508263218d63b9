import { fieldPlan, namedScalar, typePlan, type FieldPlan, type TypePlan } from './type-plan.js';
import type { XmlTag } from './xml-tag.js';

export type DecodedObject = Record<string, unknown>;

/** A whole number where it is exact, else the text: 64-bit ids must not change by rounding. */
const wholeNumber = (text: string): number | string => {
  const number = Number(text);
  return text !== '' && Number.isSafeInteger(number) ? number : text;
};

/** The lexical forms of a boolean; anything else stays text, for the reader to remark on. */
const truthValues: Readonly<Record<string, boolean>> = {
  true: true,
  1: true,
  false: false,
  0: false,
};

/** An element that is being read. */
class Frame {
  text = '';
  object: DecodedObject | undefined;
  items: unknown[] | undefined;
  readonly holdsText: boolean;
  constructor(
    /** Where the value goes in the parent. */
    readonly name: string,
    readonly list: boolean,
    readonly scalar: FieldPlan['scalar'],
    readonly type: TypePlan | undefined,
    /** Plan of the children of an array value. */
    readonly itemPlan: FieldPlan | undefined,
    readonly referenceType: string | undefined,
  ) {
    // A class that is not in the table is an enumeration, or an object of which nothing is used.
    this.holdsText = scalar !== undefined || (type === undefined && itemPlan === undefined);
  }
}

const itemOf = (className: string): FieldPlan => {
  const scalar = namedScalar(className);
  if (scalar !== undefined) return { name: className, list: true, scalar, type: undefined };
  const type = typePlan(className);
  return { name: className, list: true, scalar: type === undefined ? 'value' : undefined, type };
};

/**
 * Turns the elements of one answer into JSON values as the table of types says, while they are
 * parsed. Elements that the table does not name are passed over.
 */
export class ValueDecoder {
  private readonly frames: Frame[] = [];
  private current: Frame | undefined;
  private skipped = 0;
  private classAttribute = 'xsi:type';

  /** @param receive takes each whole value that was opened with {@link begin}. */
  constructor(private readonly receive: (name: string, value: unknown) => void) {}

  get active(): boolean {
    return this.frames.length > 0;
  }

  get wantsText(): boolean {
    return this.skipped === 0 && this.current?.holdsText === true;
  }

  /** Begins a value of the given declared type (`RetrieveResult`, `ref`, `text[]`). */
  begin(name: string, declared: string, tag: XmlTag): void {
    this.enter(this.frameFor(fieldPlan(name, declared), tag));
  }

  open(tag: XmlTag): void {
    if (this.skipped > 0) {
      this.skipped += 1;
      return;
    }
    const plan = this.childPlan(tag.local);
    if (plan === undefined) this.skipped = 1;
    else this.enter(this.frameFor(plan, tag));
  }

  text(text: string): void {
    if (this.wantsText && this.current !== undefined) this.current.text += text;
  }

  close(): void {
    if (this.skipped > 0) {
      this.skipped -= 1;
      return;
    }
    const frame = this.frames.pop();
    const parent = this.frames.at(-1);
    this.current = parent;
    if (frame === undefined) return;
    const value = valueOf(frame);
    if (parent === undefined) this.receive(frame.name, value);
    else if (parent.items !== undefined) parent.items.push(value);
    else if (parent.object !== undefined) attach(parent.object, frame, value);
  }

  private enter(frame: Frame): void {
    this.frames.push(frame);
    this.current = frame;
  }

  private childPlan(name: string): FieldPlan | undefined {
    const parent = this.current;
    if (parent === undefined) return undefined;
    return parent.itemPlan ?? parent.type?.fields.get(name) ?? parent.type?.any;
  }

  private frameFor(plan: FieldPlan, tag: XmlTag): Frame {
    if (tag.classAttribute !== undefined) this.classAttribute = tag.classAttribute;
    const className = tag.className(this.classAttribute);
    if (className === undefined || (plan.scalar !== undefined && plan.scalar !== 'value')) {
      const scalar = plan.scalar === 'value' ? 'text' : plan.scalar;
      return started(
        new Frame(plan.name, plan.list, scalar, plan.type, undefined, tag.attributes.type),
        undefined,
      );
    }
    if (className.startsWith('ArrayOf')) {
      const frame = new Frame(
        plan.name,
        plan.list,
        undefined,
        undefined,
        itemOf(arrayItem(className)),
        undefined,
      );
      frame.items = [];
      return frame;
    }
    const scalar = namedScalar(className);
    const type = scalar === undefined ? (typePlan(className) ?? plan.type) : undefined;
    return started(
      new Frame(plan.name, plan.list, scalar, type, undefined, tag.attributes.type),
      scalar === undefined && className !== plan.type?.name ? className : undefined,
    );
  }
}

/** `ArrayOfInt` holds int, `ArrayOfString` string; the others are named as their class. */
const arrayItem = (className: string): string => {
  const item = className.slice('ArrayOf'.length);
  const lower = item.slice(0, 1).toLowerCase() + item.slice(1);
  return namedScalar(lower) === undefined ? item : lower;
};

function started(frame: Frame, className: string | undefined): Frame {
  if (frame.scalar === undefined) {
    frame.object = className === undefined ? {} : { $type: className };
  }
  return frame;
}

function valueOf(frame: Frame): unknown {
  switch (frame.scalar) {
    case undefined:
      if (frame.holdsText && frame.text.trim() !== '') return frame.text;
      return frame.items ?? frame.object;
    case 'text':
    case 'value':
      return frame.text;
    case 'int':
      return wholeNumber(frame.text.trim());
    case 'float':
      return Number.isFinite(Number(frame.text)) ? Number(frame.text) : frame.text;
    case 'bool':
      return truthValues[frame.text.trim()] ?? frame.text;
    case 'ref':
      return { type: frame.referenceType ?? '', value: frame.text };
  }
}

function attach(parent: DecodedObject, frame: Frame, value: unknown): void {
  if (!frame.list) {
    parent[frame.name] = value;
    return;
  }
  const list = parent[frame.name];
  if (Array.isArray(list)) list.push(value);
  else parent[frame.name] = [value];
}
