import { textOf } from '../estate/row-text.js';
import { saysYes } from '../said-yes.js';
import type { Remarks } from '../../vsphere/map/fields.js';
import type { Cell, Row } from '../workbook/cell.js';
import { readMoment, type DateForm } from './moments.js';
import { readNumber } from './numbers.js';

const bytesOfMiB = 1024 ** 2;

/** A row read with the types that are expected; an odd cell costs that cell alone, with a remark. */
export class Cells {
  constructor(
    readonly row: Row,
    private readonly form: DateForm,
    private readonly remarks: Remarks,
  ) {}

  text(column: string): string | undefined {
    return textOf(this.row, column);
  }

  /** The first of several columns that is filled: versions name them differently. */
  first(...columns: readonly string[]): string | undefined {
    return columns.map((column) => this.text(column)).find((text) => text !== undefined);
  }

  /** Lines that the reader added; see `added`. */
  lines(column: string): readonly string[] {
    return (this.text(column) ?? '').split('\n').filter((line) => line !== '');
  }

  number(column: string): number | undefined {
    const cell = this.row[column];
    if (cell === undefined) return undefined;
    const number = typeof cell === 'string' ? readNumber(cell) : Number(cell);
    if (number !== undefined && Math.abs(number) <= Number.MAX_SAFE_INTEGER) return number;
    this.odd(column, cell, 'a number');
    return undefined;
  }

  integer(column: string): number | undefined {
    const number = this.number(column);
    return number === undefined ? undefined : Math.round(number);
  }

  /** A quantity that is given in MiB, in bytes. */
  bytes(column: string): number | undefined {
    const number = this.number(column);
    if (number === undefined) return undefined;
    const bytes = Math.round(number * bytesOfMiB);
    return Number.isSafeInteger(bytes) ? bytes : undefined;
  }

  /** A ceiling: -1 is how vSphere says that there is none. */
  ceiling(column: string): number | undefined {
    const limit = this.integer(column);
    return limit === undefined || limit < 0 ? undefined : limit;
  }

  flag(column: string): boolean | undefined {
    const cell = this.row[column];
    const said = saysYes(cell);
    if (cell !== undefined && said === undefined) this.odd(column, cell, 'yes or no');
    return said;
  }

  moment(column: string): string | undefined {
    const cell = this.row[column];
    if (cell === undefined) return undefined;
    const moment = typeof cell === 'boolean' ? undefined : readMoment(cell, this.form);
    if (moment === undefined) this.odd(column, cell, 'a date, or could be two');
    return moment;
  }

  /** A word of a closed set, in the set's own spelling. */
  oneOf<W extends string>(column: string, words: readonly W[]): W | undefined {
    const text = this.text(column)?.toLowerCase();
    return text === undefined ? undefined : words.find((word) => word.toLowerCase() === text);
  }

  private odd(column: string, cell: Cell, expected: string): void {
    const shown = String(cell).slice(0, 60);
    this.remarks.add(column, `${shown} is not ${expected}`);
  }
}
