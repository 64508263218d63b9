import type { ReportCell } from '../report.js';
import type { ReportEncoder } from './report-encoder.js';

const object = (columns: readonly string[], row: readonly ReportCell[]): string =>
  JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])));

/** One array of objects. */
export const jsonEncoder = (columns: readonly string[]): ReportEncoder => ({
  contentType: 'application/json',
  ending: 'json',
  begin: () => '[',
  rows: (rows, first) =>
    rows
      .map((row, index) => `${first && index === 0 ? '' : ','}\n${object(columns, row)}`)
      .join(''),
  end: () => '\n]\n',
});

/** One object a line; the last line is the trailer, which tells a whole file from a broken one. */
export const jsonLinesEncoder = (columns: readonly string[]): ReportEncoder => ({
  contentType: 'application/x-ndjson',
  ending: 'jsonl',
  begin: () => '',
  rows: (rows) => rows.map((row) => `${object(columns, row)}\n`).join(''),
  end: () => '',
  trailer: (facts) => `${JSON.stringify({ trailer: facts })}\n`,
});
