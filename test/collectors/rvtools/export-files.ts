import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { writeWorkbook } from '../../../src/reports/rvtools/write-workbook.js';
import type { WorkbookCell } from '../../../src/reports/rvtools/sheet-xml.js';

/** Rows by sheet, each row by the titles that this export happens to have. */
export type ExportSheets = Readonly<
  Record<string, readonly Readonly<Record<string, WorkbookCell>>[]>
>;

export interface Upload {
  readonly folder: string;
  readonly upload: string;
  readonly path: string;
  remove(): Promise<void>;
}

/** A place for one upload, as the server keeps it. */
export async function emptyUpload(): Promise<Upload> {
  const folder = await mkdtemp(join(tmpdir(), 'opal-rvtools-test-'));
  const upload = randomBytes(16).toString('hex');
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  return { folder, upload, path: join(folder, upload), remove };
}

const titlesOf = (rows: ExportSheets[string]): string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row))),
];

/** Writes a workbook of the sheets. */
export async function workbookUpload(sheets: ExportSheets): Promise<Upload> {
  const upload = await emptyUpload();
  const written = Object.entries(sheets).map(([name, rows]) => {
    const titles = titlesOf(rows);
    return {
      name,
      titles,
      rows: () => Readable.from(rows.map((row) => titles.map((title) => row[title]))),
    };
  });
  await pipeline(writeWorkbook(written), createWriteStream(upload.path));
  return upload;
}

/** Packs files as they are, well-formed or not. */
export async function zipUpload(files: Readonly<Record<string, string | Buffer>>): Promise<Upload> {
  const upload = await emptyUpload();
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(upload.path));
  return upload;
}

const csvCell = (cell: WorkbookCell): string =>
  `"${(cell instanceof Date ? cell.toISOString() : String(cell ?? '')).replaceAll('"', '""')}"`;

export const csvOf = (rows: ExportSheets[string], delimiter = ','): string => {
  const titles = titlesOf(rows);
  const lines = [titles, ...rows.map((row) => titles.map((title) => row[title]))];
  return lines.map((line) => line.map(csvCell).join(delimiter)).join('\r\n');
};
