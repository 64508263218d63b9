import { sheetColumns, type SheetName } from '../sheets.js';
import type { Cell, RawRow, Row } from './cell.js';
import { columnKey } from './column-key.js';
import type { OpenExport } from './open-export.js';

/** A row of a sheet with its place, by which a person finds it. */
export interface SheetRow {
  /** Counted as in a spreadsheet: the first row under the titles is 2. */
  readonly number: number;
  readonly row: Row;
  /** Custom attributes by their titles; only of machines. */
  readonly custom: Readonly<Record<string, string>>;
}

/** Columns that are secrets. They are dropped where they are read and reach nothing behind it. */
const secretColumns: Readonly<Partial<Record<SheetName, ReadonlySet<string>>>> = {
  vLicense: new Set(['key']),
  vHost: new Set(['assignedlicenses']),
};

/** What an anonymised export writes in place of what it hides. */
const placeholder = 'VM';

interface Columns {
  readonly keys: readonly (string | undefined)[];
  readonly custom: ReadonlyMap<number, string>;
}

/** Attributes that people made stand between the annotation and the datacenter. */
function customColumns(keys: readonly string[], known: ReadonlySet<string>): ReadonlySet<number> {
  const from = keys.indexOf('annotation');
  const to = keys.indexOf('datacenter', from);
  const found = new Set<number>();
  if (from < 0 || to < 0) return found;
  for (let place = from + 1; place < to; place += 1) {
    const key = keys[place];
    if (key !== undefined && !known.has(key)) found.add(place);
  }
  return found;
}

function columnsOf(sheet: SheetName, titles: RawRow): Columns {
  const width = Math.max(-1, ...titles.keys()) + 1;
  const names = Array.from({ length: width }, (_, place) => String(titles.get(place) ?? '').trim());
  const all = names.map(columnKey);
  const known = new Set(sheetColumns[sheet].map(columnKey));
  const custom = sheet === 'vInfo' ? customColumns(all, known) : new Set<number>();
  const seen = new Set<string>();
  const keys = all.map((key, place) => {
    const isUsed = key !== '' && !custom.has(place) && !seen.has(key);
    seen.add(key);
    return isUsed && secretColumns[sheet]?.has(key) !== true ? key : undefined;
  });
  const titled = [...custom].map((place) => [place, names[place] ?? ''] as const);
  return { keys, custom: new Map(titled) };
}

const tidied = (cell: Cell): Cell | undefined => {
  if (typeof cell !== 'string') return cell;
  const text = cell.trim();
  return text === '' ? undefined : text;
};

function rowOf(raw: RawRow, { keys, custom }: Columns): Omit<SheetRow, 'number'> {
  const row: Record<string, Cell> = {};
  const attributes: Record<string, string> = {};
  for (const [place, cell] of raw) {
    const value = tidied(cell);
    if (value === undefined) continue;
    const title = custom.get(place);
    if (title !== undefined && value !== placeholder) attributes[title] = String(value);
    const key = keys[place];
    if (key !== undefined && (key === 'vm' || value !== placeholder)) row[key] = value;
  }
  return { row, custom: attributes };
}

/**
 * The rows of a sheet by what their columns are called, whatever the version. Empty rows are left
 * out; a sheet that is missing has none.
 */
export async function* sheetRows(source: OpenExport, sheet: SheetName): AsyncGenerator<SheetRow> {
  let columns: Columns | undefined;
  let number = 0;
  for await (const batch of source.rows(sheet)) {
    source.signal.throwIfAborted();
    for (const raw of batch) {
      number += 1;
      if (raw.size === 0) continue;
      if (columns === undefined) columns = columnsOf(sheet, raw);
      else yield { number, ...rowOf(raw, columns) };
    }
  }
}
