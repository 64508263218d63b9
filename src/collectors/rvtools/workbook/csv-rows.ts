import type { Readable } from 'node:stream';
import { limits } from '../archive/limits.js';
import { brokenExport, hostileExport, RvtoolsError } from '../errors.js';
import type { RawRow } from './cell.js';

/** The separator differs with the language of the machine: the one that the header has most of. */
function delimiterOf(head: string): string {
  const line = /^[^\r\n]*/u.exec(head)?.[0] ?? '';
  const count = (each: string): number => line.split(each).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** Splits text into rows as RFC 4180 says; a quote inside an unquoted cell is a character. */
class CsvParser {
  rows: RawRow[] = [];
  private row = new Map<number, string>();
  private cell = '';
  private column = 0;
  private count = 0;
  private rowLength = 0;
  private quoted = false;
  /** The last character was a quote inside a quoted cell: its end, or half of a doubled one. */
  private quoteSeen = false;
  private lastWasReturn = false;

  constructor(
    private readonly delimiter: string,
    private readonly subject: string,
  ) {}

  write(text: string): void {
    for (const character of text) this.take(character);
  }

  end(): void {
    if (this.quoted && !this.quoteSeen) {
      throw brokenExport(this.subject, 'it ends inside a quoted cell');
    }
    if (this.cell !== '' || this.row.size > 0 || this.column > 0) this.endRow();
  }

  private take(character: string): void {
    if (this.quoted) {
      if (this.takeQuoted(character)) return;
    }
    const afterReturn = this.lastWasReturn;
    this.lastWasReturn = character === '\r';
    if (character === '\n' && afterReturn) return;
    if (character === '\n' || character === '\r') this.endRow();
    else if (character === this.delimiter) this.endCell();
    else if (character === '"' && this.cell === '') this.quoted = true;
    else this.add(character);
  }

  /** @returns false for the first character after a quoted cell. */
  private takeQuoted(character: string): boolean {
    if (this.quoteSeen) {
      this.quoteSeen = false;
      if (character !== '"') {
        this.quoted = false;
        return false;
      }
      this.add(character);
    } else if (character === '"') this.quoteSeen = true;
    else this.add(character);
    return true;
  }

  private add(character: string): void {
    this.cell += character;
    this.rowLength += character.length;
    if (this.cell.length > limits.cell || this.rowLength > limits.row) {
      throw hostileExport(this.subject, `it has a cell of more than ${limits.cell} characters`);
    }
  }

  private endCell(): void {
    if (this.cell !== '') this.row.set(this.column, this.cell);
    this.cell = '';
    this.quoted = false;
    this.quoteSeen = false;
    this.column += 1;
    if (this.column > limits.columns) {
      throw hostileExport(this.subject, `it has more than ${limits.columns} columns`);
    }
  }

  private endRow(): void {
    this.endCell();
    this.count += 1;
    if (this.count > limits.rows) {
      throw hostileExport(this.subject, `it has more than ${limits.rows} rows`);
    }
    this.rows.push(this.row);
    this.row = new Map();
    this.column = 0;
    this.rowLength = 0;
  }
}

/** By the byte-order mark; without one a file is UTF-8, or what Windows calls ANSI. */
function decoderFor(first: Uint8Array): InstanceType<typeof TextDecoder> {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le');
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be');
  try {
    // Streamed: a character may be cut at the end of the chunk.
    new TextDecoder('utf-8', { fatal: true }).decode(first, { stream: true });
    return new TextDecoder('utf-8');
  } catch {
    return new TextDecoder('windows-1252');
  }
}

/** The rows of a CSV file, some at a time. */
export async function* csvRows(
  stream: Readable,
  subject: string,
): AsyncGenerator<readonly RawRow[]> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let parser: CsvParser | undefined;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      decoder ??= decoderFor(chunk);
      const text = decoder.decode(chunk, { stream: true });
      parser ??= new CsvParser(delimiterOf(text), subject);
      parser.write(text);
      const { rows } = parser;
      parser.rows = [];
      yield rows;
    }
    if (parser === undefined) return;
    parser.write(decoder?.decode() ?? '');
    parser.end();
    yield parser.rows;
  } catch (error) {
    if (error instanceof RvtoolsError) throw error;
    throw brokenExport(subject, error instanceof Error ? error.message : String(error), error);
  } finally {
    stream.destroy();
  }
}
