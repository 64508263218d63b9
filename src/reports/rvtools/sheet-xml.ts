/** What a cell of a workbook may hold. A flag is written as a text, as RVTools does. */
export type WorkbookCell = string | number | boolean | Date | null | undefined;

/** Excel cuts longer texts off, and refuses a file that has some. */
const longestText = 32_767;
const dayMs = 86_400_000;
const epoch = Date.UTC(1899, 11, 30);

/** Places in the list of formats of the styles. */
export const style = { none: 0, title: 1, integer: 2, moment: 3 } as const;

/** Characters that XML cannot hold, and a text that would be read as one of them. */
const unwritable =
  // Control characters are what it is about.
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|\r/gu;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const codeOf = (character: string): string =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** A text as it stands in the XML of a workbook. */
export const xmlText = (text: string): string =>
  text
    .slice(0, longestText)
    .toWellFormed()
    .replace(unwritable, codeOf)
    .replace(/[&<>"]/gu, (character) => entities[character] ?? character);

/** 27 is column AB. */
export function columnName(index: number): string {
  let name = '';
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return name;
}

const textCell = (place: string, text: string, format: number): string =>
  `<c r="${place}" t="inlineStr"${format === style.none ? '' : ` s="${format}"`}><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;

function cellXml(place: string, cell: WorkbookCell): string {
  if (cell === null || cell === undefined || cell === '') return '';
  if (typeof cell === 'string') return textCell(place, cell, style.none);
  if (typeof cell === 'boolean') return textCell(place, cell ? 'True' : 'False', style.none);
  if (cell instanceof Date) {
    const days = (cell.getTime() - epoch) / dayMs;
    return Number.isFinite(days) ? `<c r="${place}" s="${style.moment}"><v>${days}</v></c>` : '';
  }
  if (!Number.isFinite(cell)) return '';
  const format = Number.isInteger(cell) ? ` s="${style.integer}"` : '';
  return `<c r="${place}"${format}><v>${cell}</v></c>`;
}

/** One row; `number` counts from 1. */
export function rowXml(number: number, cells: readonly WorkbookCell[]): string {
  const written = cells.map((cell, index) => cellXml(`${columnName(index)}${number}`, cell));
  return `<row r="${number}">${written.join('')}</row>`;
}

/** The titles: white on black, and kept in sight with the first column. */
export function titleRowXml(titles: readonly string[]): string {
  const written = titles.map((title, index) =>
    textCell(`${columnName(index)}1`, title, style.title),
  );
  return `<row r="1">${written.join('')}</row>`;
}
