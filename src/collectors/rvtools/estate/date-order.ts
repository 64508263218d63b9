import type { Cell, Row } from '../workbook/cell.js';

/** Which number of a date in digits is the day; `undefined` while nothing tells. */
export type DateOrder = 'dayFirst' | 'monthFirst';

const dateColumns = ['poweron', 'creationdate', 'suspendtime', 'datetime', 'boottime', 'created'];
const inDigits = /^(\d{1,2})([./-])(\d{1,2})\2\d{4}(?!\d)/u;

/**
 * Finds out in which order an export writes dates: 03/04/2026 alone does not tell, 25/04/2026 does,
 * and no language writes months first with dots.
 */
export class DateOrders {
  private dayFirst = false;
  private monthFirst = false;

  look(row: Row): void {
    for (const column of dateColumns) this.judge(row[column]);
  }

  get order(): DateOrder | undefined {
    if (this.dayFirst === this.monthFirst) return undefined;
    return this.dayFirst ? 'dayFirst' : 'monthFirst';
  }

  private judge(cell: Cell | undefined): void {
    const match = typeof cell === 'string' ? inDigits.exec(cell) : null;
    if (match === null) return;
    if (match[2] === '.' || Number(match[1]) > 12) this.dayFirst = true;
    else if (Number(match[3]) > 12) this.monthFirst = true;
  }
}
