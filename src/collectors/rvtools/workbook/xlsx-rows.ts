import type { Readable } from 'node:stream';
import { limits } from '../archive/limits.js';
import { brokenExport, hostileExport } from '../errors.js';
import type { Cell, RawRow } from './cell.js';
import type { SharedTexts } from './shared-texts.js';
import { readXml, xmlEvents, type XmlListener } from './xml-events.js';

/** `C7` is column 2. */
function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}/u.exec(reference)?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** Excel writes characters that XML cannot hold as `_x000D_`. */
const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/gu, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;

/** Texts in rich cells stand in runs; phonetic readings beside them are no part of the text. */
class TextCollector {
  private parts: string[] = [];
  private length = 0;

  constructor(private readonly subject: string) {}

  add(text: string): void {
    this.length += text.length;
    if (this.length > limits.cell) {
      throw hostileExport(this.subject, `it has a cell of more than ${limits.cell} characters`);
    }
    this.parts.push(text);
  }

  take(): string {
    const text = this.parts.join('');
    this.parts = [];
    this.length = 0;
    return text;
  }
}

/** Fills the table of texts from `sharedStrings.xml`. */
export async function readSharedTexts(
  stream: Readable,
  texts: SharedTexts,
  subject: string,
): Promise<void> {
  const text = new TextCollector(subject);
  let inText = false;
  let phonetic = false;
  const listener: XmlListener = {
    open(name) {
      if (name === 't') inText = true;
      if (name === 'rPh') phonetic = true;
    },
    text(part) {
      if (inText && !phonetic) text.add(part);
    },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') phonetic = false;
      if (name === 'si') texts.add(unescaped(text.take()));
    },
  };
  await readXml(stream, listener, subject);
}

/** Collects the rows of a sheet from its XML. */
class RowListener implements XmlListener {
  private rows: RawRow[] = [];
  private rowsLength = 0;
  private row = new Map<number, Cell>();
  private rowLength = 0;
  private count = 0;
  private column = -1;
  private type = '';
  private inValue = false;
  private phonetic = false;
  private readonly value: TextCollector;

  constructor(
    private readonly texts: SharedTexts,
    private readonly subject: string,
  ) {
    this.value = new TextCollector(subject);
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') this.beginRow();
    else if (name === 'c') this.beginCell(attributes);
    else if (name === 'v' || name === 't') this.inValue = true;
    else if (name === 'rPh') this.phonetic = true;
  }

  text(text: string): void {
    if (this.inValue && !this.phonetic) this.value.add(text);
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.inValue = false;
    else if (name === 'rPh') this.phonetic = false;
    else if (name === 'c') this.endCell();
    else if (name === 'row') this.rows.push(this.row);
  }

  /** The rows since it was last called. */
  take(): readonly RawRow[] {
    const { rows } = this;
    this.rows = [];
    this.rowsLength = 0;
    return rows;
  }

  private beginRow(): void {
    this.count += 1;
    if (this.count > limits.rows) {
      throw hostileExport(this.subject, `it has more than ${limits.rows} rows`);
    }
    this.row = new Map();
    this.rowLength = 0;
    this.column = -1;
  }

  private beginCell({ r, t }: Readonly<Record<string, string>>): void {
    this.column = (r === undefined ? undefined : columnOf(r)) ?? this.column + 1;
    if (this.column >= limits.columns) {
      throw hostileExport(this.subject, `it has more than ${limits.columns} columns`);
    }
    this.type = t ?? 'n';
    this.value.take();
  }

  private endCell(): void {
    const cell = this.cellOf(this.value.take());
    if (cell === undefined) return;
    if (typeof cell === 'string') this.weigh(cell.length);
    this.row.set(this.column, cell);
  }

  /** A short file can name one long text over and over. */
  private weigh(length: number): void {
    this.rowLength += length;
    this.rowsLength += length;
    if (this.rowLength > limits.row) {
      throw hostileExport(this.subject, `it has a row of more than ${limits.row} characters`);
    }
    if (this.rowsLength > limits.rowsAtOnce) {
      throw hostileExport(this.subject, 'its cells repeat long texts without end');
    }
  }

  private cellOf(value: string): Cell | undefined {
    if (value === '') return undefined;
    switch (this.type) {
      case 's': {
        const text = this.texts.get(Number(value));
        if (text === undefined) throw brokenExport(this.subject, `it has no text ${value}`);
        return text === '' ? undefined : text;
      }
      case 'n': {
        const number = Number(value);
        return Number.isFinite(number) ? number : value;
      }
      case 'b':
        return value === '1';
      case 'e':
        return undefined;
      default:
        return unescaped(value);
    }
  }
}

/** The rows of a sheet, some at a time. */
export async function* xlsxRows(
  stream: Readable,
  texts: SharedTexts,
  subject: string,
): AsyncGenerator<readonly RawRow[]> {
  const listener = new RowListener(texts, subject);
  for await (const told of xmlEvents(stream, listener, subject)) {
    yield told.take();
  }
}
