import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArchive, type Archive } from '../archive/open-archive.js';
import { brokenExport } from '../errors.js';
import { sheetOf, type SheetName } from '../sheets.js';
import type { RawRow } from './cell.js';
import { csvRows } from './csv-rows.js';
import { SharedTexts } from './shared-texts.js';
import { readWorkbook } from './workbook-parts.js';
import { readSharedTexts, xlsxRows } from './xlsx-rows.js';

/** A workbook or a set of CSV files, opened to be read once. */
export interface OpenExport {
  readonly form: 'workbook' | 'csv';
  /** Sheets that are there, under the names they have in RVTools. */
  readonly sheets: ReadonlySet<SheetName>;
  /** Days in the workbook count from 1904, as they once did on a Macintosh. */
  readonly from1904: boolean;
  /** Folder for what does not fit into memory; gone when the export is closed. */
  readonly folder: string;
  readonly signal: AbortSignal;
  rows(sheet: SheetName): AsyncIterable<readonly RawRow[]>;
  close(): Promise<void>;
}

type Parts = Pick<OpenExport, 'form' | 'sheets' | 'from1904' | 'rows'> & { close?: () => void };

async function openWorkbook(archive: Archive, folder: string, subject: string): Promise<Parts> {
  const { sheets, from1904, sharedTexts } = await readWorkbook(archive, subject);
  const paths = new Map<SheetName, string>();
  for (const { name, path } of sheets) {
    const sheet = sheetOf(name);
    if (sheet !== undefined && !paths.has(sheet)) paths.set(sheet, path);
  }
  const texts = new SharedTexts(folder, subject);
  try {
    if (sharedTexts !== undefined) {
      await readSharedTexts(await archive.open(sharedTexts), texts, `${subject}, its texts`);
    }
  } catch (error) {
    texts.close();
    throw error;
  }
  return {
    form: 'workbook',
    sheets: new Set(paths.keys()),
    from1904,
    async *rows(sheet) {
      const path = paths.get(sheet);
      if (path === undefined) return;
      yield* xlsxRows(await archive.open(path), texts, `${subject}, sheet ${sheet}`);
    },
    close: () => {
      texts.close();
    },
  };
}

function openCsvSet(archive: Archive, subject: string): Parts {
  const paths = new Map<SheetName, string>();
  for (const path of archive.paths) {
    const name = /(?:^|\/)RVTools_tab([^/]+)\.csv$/iu.exec(path)?.[1];
    const sheet = name === undefined ? undefined : sheetOf(name);
    if (sheet !== undefined && !paths.has(sheet)) paths.set(sheet, path);
  }
  return {
    form: 'csv',
    sheets: new Set(paths.keys()),
    from1904: false,
    async *rows(sheet) {
      const path = paths.get(sheet);
      if (path !== undefined) yield* csvRows(await archive.open(path), `${subject}, ${path}`);
    },
  };
}

/**
 * Opens an export: a workbook, or a ZIP of `RVTools_tab<sheet>.csv` files.
 *
 * @param subject what the file is called in errors.
 * @throws RvtoolsError where it is neither, is damaged, or is made to harm.
 */
export async function openExport(
  file: string,
  subject: string,
  signal: AbortSignal,
): Promise<OpenExport> {
  signal.throwIfAborted();
  const archive = await openArchive(file, subject);
  const folder = await mkdtemp(join(tmpdir(), 'opal-rvtools-'));
  const close = async (): Promise<void> => {
    archive.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const isWorkbook = archive.paths.includes('[Content_Types].xml');
    const parts = isWorkbook
      ? await openWorkbook(archive, folder, subject)
      : openCsvSet(archive, subject);
    if (!parts.sheets.has('vInfo')) {
      parts.close?.();
      throw brokenExport(subject, 'it has no sheet vInfo, which names the machines');
    }
    return {
      ...parts,
      folder,
      signal,
      close: async () => {
        parts.close?.();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
