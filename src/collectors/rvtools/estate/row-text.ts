import type { Row } from '../workbook/cell.js';

/** A cell as text; a text that is a part of a larger one is copied, so that it alone is kept. */
export function textOf(row: Row, column: string): string | undefined {
  const cell = row[column];
  if (cell === undefined) return undefined;
  return typeof cell === 'string' ? Buffer.from(cell, 'utf8').toString('utf8') : String(cell);
}
