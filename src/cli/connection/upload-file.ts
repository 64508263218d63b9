import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { z } from 'zod';
import { CliError } from '../cli-error.js';
import { ExitCode } from '../exit-code.js';
import { openGivenFile } from '../given-file.js';
import type { ApiClient } from './api-client.js';

const kept = z.object({ upload: z.string() });

/** One of the files that RVTools writes for each sheet. */
const sheetFile = /^RVTools_tab\w+\.csv$/iu;

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    // What is wrong with it shows when it is opened as a file.
    return false;
  }
};

/** The CSV files of a folder as one stream: the server takes one file. */
const packed = (folder: string): Readable => {
  const names = readdirSync(folder).filter((name) => sheetFile.test(name));
  if (names.length === 0) {
    throw new CliError(
      {
        what: 'The folder cannot be used',
        subject: folder,
        why: 'no file in it is called RVTools_tab….csv',
        remedy: 'Name the folder that RVTools exported its CSV files to, or a workbook.',
      },
      ExitCode.usage,
    );
  }
  const zip = new ZipFile();
  for (const name of names) zip.addFile(join(folder, name), name);
  zip.end();
  const stream = Readable.from(zip.outputStream as AsyncIterable<Buffer>);
  zip.on('error', (error: Error) => stream.destroy(error));
  return stream;
};

/**
 * Hands a file to the server, or a folder of RVTools' CSV files as one.
 *
 * @returns the fields by which a source's configuration names it.
 */
export const uploadFile = async (
  api: ApiClient,
  path: string,
): Promise<{ readonly upload: string; readonly fileName: string }> => {
  const body = isFolder(path)
    ? packed(path)
    : createReadStream(path, { fd: openGivenFile('The file of --file', path), start: 0 });
  const response = await api.open('/uploads', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    // The two declarations of one web stream differ in name only.
    body: Readable.toWeb(body) as ReadableStream,
    duplex: 'half',
  });
  const { upload } = kept.parse(await response.json());
  return { upload, fileName: basename(path) };
};
