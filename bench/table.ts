import { cellsOf, columns, type Figure } from './figures.js';

const rowsOf = (figures: readonly Figure[]): readonly (readonly string[])[] => [
  columns,
  ...figures.map(cellsOf),
];

/** Columns that hold numbers stand to the right. */
const isNumber = (column: number): boolean => column === 1 || column === 2;

/** Figures as a table for a terminal. */
export const textTable = (figures: readonly Figure[]): string => {
  const rows = rowsOf(figures);
  const widths = columns.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** Figures as a table in Markdown. */
export const markdownTable = (figures: readonly Figure[]): string => {
  const [head = [], ...rows] = rowsOf(figures);
  const rule = head.map((_, column) => (isNumber(column) ? '--:' : '---'));
  return [head, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
};
