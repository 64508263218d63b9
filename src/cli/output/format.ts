import Table from 'cli-table3';
import Papa from 'papaparse';
import { stringify } from 'yaml';
import { displayWidth, fitColumns } from './fit-columns.js';

export const outputFormats = ['table', 'json', 'yaml', 'csv', 'name'] as const;
export type OutputFormat = (typeof outputFormats)[number];

export type Cell = string | number | boolean | null | undefined | readonly string[];

/** A column of a table: its title, and the cell it shows of a row. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Cell;
  /** What a script gets where the cell is worded for people: a moment, a number of bytes. */
  readonly exact?: (row: Row) => Cell;
  readonly align?: 'left' | 'right';
}

const cellText = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '';
  return Array.isArray(cell) ? cell.join(', ') : String(cell);
};

/** Control letters in a name would move the cursor of the terminal that shows it. */
// eslint-disable-next-line no-control-regex -- these letters are what is looked for
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\uFFFD');

const spreadsheetFormula = /^[=+\-@\t\r\0]/;

const csvCell = (cell: Cell): string => {
  const text = cellText(cell);
  return typeof cell === 'string' && spreadsheetFormula.test(text) ? `'${text}` : text;
};

const exactCell = <Row>({ cell, exact }: Column<Row>, row: Row): Cell => (exact ?? cell)(row);

const camelCase = (title: string): string =>
  title.replace(/[ _-]+(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Whole rows, with what only a column says of them under the title of that column. */
const wholeRows = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): unknown[] =>
  rows.map((row) => ({
    ...Object.fromEntries(
      columns.map((column) => [camelCase(column.title), exactCell(column, row) ?? null]),
    ),
    ...row,
  }));

const nameColumn = <Row>(columns: readonly Column<Row>[]): Column<Row> | undefined =>
  columns.find(({ title }) => title === 'name') ?? columns[0];

const gap = 2;

/** How wide a table may be, and who is told which columns had to be shortened for that. */
export interface Room {
  readonly width: number;
  readonly onShortened: (titles: readonly string[]) => void;
}

const fittedWidths = (
  lines: readonly (readonly string[])[],
  titles: readonly string[],
  { width, onShortened }: Room,
): readonly number[] => {
  const natural = titles.map((title, column) =>
    lines.reduce(
      (most, line) => Math.max(most, displayWidth(line[column] ?? '')),
      displayWidth(title),
    ),
  );
  const widths = fitColumns(natural, width - gap * (titles.length - 1));
  const shortened = titles.filter((_, column) => widths[column] !== natural[column]);
  if (shortened.length > 0) onShortened(shortened);
  return shortened.length === 0 ? [] : widths.map((each) => each + gap);
};

const table = <Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  room: Room | undefined,
): string => {
  const plain = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '' };
  const lines = rows.map((row) => columns.map(({ cell }) => printable(cellText(cell(row)))));
  const titles = columns.map(({ title }) => title);
  const drawn = new Table({
    head: titles.map((title) => title.toUpperCase()),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: room === undefined ? [] : [...fittedWidths(lines, titles, room)],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': gap },
    chars: {
      ...plain,
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '',
    },
  });
  drawn.push(...lines);
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
};

/**
 * Rows in the form a person or a script asked for, without a line end at the end.
 * `table` shows the columns as people read them, `csv` as scripts do; `json` and `yaml` show whole rows
 * and the columns; `name` the column of that title, or the first.
 */
export const formatRows = <Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  format: OutputFormat,
  room?: Room,
): string => {
  switch (format) {
    case 'json':
      return JSON.stringify(wholeRows(rows, columns), undefined, 2);
    case 'yaml':
      return stringify(wholeRows(rows, columns)).trimEnd();
    case 'csv':
      return Papa.unparse(
        {
          fields: columns.map(({ title }) => title),
          data: rows.map((row) => columns.map((column) => csvCell(exactCell(column, row)))),
        },
        { newline: '\r\n' },
      );
    case 'name':
      return rows.map((row) => cellText(nameColumn(columns)?.cell(row))).join('\n');
    case 'table':
      return rows.length === 0 ? 'Nothing found.' : table(rows, columns, room);
  }
};

/** One object in the form asked for; as a table, a line for each field. */
export const formatObject = (
  object: Readonly<Record<string, unknown>>,
  fields: readonly (readonly [string, Cell])[],
  format: OutputFormat,
): string => {
  switch (format) {
    case 'json':
      return JSON.stringify(object, undefined, 2);
    case 'yaml':
      return stringify(object).trimEnd();
    case 'csv':
      return Papa.unparse(
        { fields: fields.map(([title]) => title), data: [fields.map(([, cell]) => csvCell(cell))] },
        { newline: '\r\n' },
      );
    case 'name':
      return cellText(fields[0]?.[1]);
    case 'table': {
      const width = Math.max(0, ...fields.map(([title]) => title.length));
      return fields
        .filter(([, cell]) => cellText(cell) !== '')
        .map(([title, cell]) => `${title.padEnd(width)}  ${printable(cellText(cell))}`)
        .join('\n');
    }
  }
};
