const MiB = 1024 ** 2;

/**
 * What an export may cost, far above what a vCenter with 40,000 machines makes. A ZIP and a
 * workbook can be made so that a few kilobytes inflate without end.
 */
export const limits = {
  /** Files in the archive; a workbook of 27 sheets has some 40. */
  entries: 1_000,
  /** All files together, inflated. */
  inflatedBytes: 4 * 1024 * MiB,
  /** Inflated to packed size, for the archive and for each file over `ratioFromBytes`. */
  ratio: 150,
  ratioFromBytes: 4 * MiB,
  /** Rows of a sheet: what Excel itself can hold. */
  rows: 1_048_576,
  /** Columns of a row; custom attributes are columns. */
  columns: 2_000,
  /** Characters of a cell: four times what Excel allows. */
  cell: 131_072,
  /** Characters of all cells of a row. */
  row: MiB,
  /** Characters of the rows that one chunk of a sheet gives. */
  rowsAtOnce: 16 * MiB,
  /** Bytes that the rows of an export take on disk while they are joined. */
  stagedBytes: 4 * 1024 * MiB,
  /** Characters without the end of a tag or a text in an XML file. */
  xmlToken: MiB,
  /** Nesting of an XML file. */
  xmlDepth: 32,
  /** Different texts of a workbook. */
  sharedTexts: 6_000_000,
  /** Machines of one export: each is kept in mind for joining. */
  machines: 250_000,
  /** Hosts, datastores, networks, switches and other places together. */
  places: 250_000,
} as const;
