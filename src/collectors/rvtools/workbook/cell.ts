/** A number of a workbook is one whatever the language; a text may be a number in any language. */
export type Cell = string | number | boolean;

/** One row as it stands in the file: index of the column to what is in it. Empty cells are absent. */
export type RawRow = ReadonlyMap<number, Cell>;

/** One row by column; see `columnKey`. */
export type Row = Readonly<Record<string, Cell>>;
