import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { columnName, rowXml, titleRowXml, type WorkbookCell } from './sheet-xml.js';
import { sheetHead, sheetPath, sheetTail, workbookParts } from './workbook-parts.js';

/** A sheet whose rows are made while they are written. */
export interface WorkbookSheet {
  readonly name: string;
  readonly titles: readonly string[];
  readonly rows: () => AsyncIterable<readonly WorkbookCell[]>;
}

const chunkLength = 64 * 1024;
/** Equal estates give equal bytes: no file of a workbook has a date of its own. */
const mtime = new Date(Date.UTC(1980, 0, 1, 12));

async function* sheetXml({ titles, rows }: WorkbookSheet): AsyncGenerator<string> {
  let chunk = sheetHead + titleRowXml(titles);
  let number = 1;
  for await (const cells of rows()) {
    number += 1;
    chunk += rowXml(number, cells);
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk + sheetTail(columnName(titles.length - 1), number);
}

/**
 * Streams a workbook with bounded memory: a sheet is read and packed while the one before it has
 * gone out. An error in a sheet breaks the stream off.
 */
export async function* writeWorkbook(sheets: readonly WorkbookSheet[]): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const names = sheets.map(({ name }) => name);
  const output = new PassThrough();
  const opened: Readable[] = [];
  for (const [path, text] of workbookParts(names))
    zip.addBuffer(Buffer.from(text), path, { mtime });
  for (const [index, sheet] of sheets.entries()) {
    zip.addReadStreamLazy(sheetPath(index), { mtime }, (give) => {
      const stream = Readable.from(sheetXml(sheet), { objectMode: false, encoding: 'utf8' });
      stream.on('error', (error) => output.destroy(error));
      opened.push(stream);
      give(null, stream);
    });
  }
  zip.end();
  zip.on('error', (error: Error) => output.destroy(error));
  zip.outputStream.pipe(output);
  try {
    for await (const chunk of output as AsyncIterable<Buffer>) yield chunk;
  } finally {
    for (const stream of opened) stream.destroy();
    output.destroy();
  }
}
