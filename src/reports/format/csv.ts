import Papa from 'papaparse';
import type { ReportCell } from '../report.js';
import type { ReportEncoder } from './report-encoder.js';

/**
 * Texts that a spreadsheet would run as a formula; they get an apostrophe in front. One that
 * already begins with apostrophes before such a letter gets one more, so that taking one away
 * always gives the original. See CWE-1236.
 */
const formula = /^'*[=+\-@\t\r\n\0]/;

const cellText = (cell: ReportCell): string | number | boolean | null =>
  Array.isArray(cell) ? cell.join('; ') : (cell as string | number | boolean | null);

const write = (rows: readonly (readonly ReportCell[])[]): string => {
  const data = rows.map((row) => row.map(cellText));
  return `${Papa.unparse(data, { newline: '\r\n', escapeFormulae: formula })}\r\n`;
};

/** CSV after RFC 4180: CRLF, a header, doubled quotes, UTF-8. Lists are joined by
 * semicolons, with nothing between two of them for what is unknown.
 * Excel takes a file for UTF-8 where it begins with a byte-order mark. */
export const csvEncoder = (
  columns: readonly string[],
  { byteOrderMark = false }: { readonly byteOrderMark?: boolean } = {},
): ReportEncoder => ({
  contentType: 'text/csv; charset=utf-8; header=present',
  ending: 'csv',
  begin: () => `${byteOrderMark ? '\uFEFF' : ''}${write([columns])}`,
  rows: (rows) => write(rows),
  end: () => '',
});
