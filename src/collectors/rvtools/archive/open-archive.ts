import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { brokenExport, hostileExport, missingUpload, type RvtoolsError } from '../errors.js';
import { limits } from './limits.js';

/** The files of a ZIP, none of which has been inflated yet. */
export interface Archive {
  /** Paths of its files with `/` between the parts, in the order of the archive. */
  readonly paths: readonly string[];
  /** @throws RvtoolsError where it is damaged or grows beyond what it declares. */
  open(path: string): Promise<Readable>;
  close(): void;
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const openZip = (file: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true } as const;
    yauzl.open(file, options, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(error);
    });
  });

/** Refuses a bomb by what it declares; yauzl holds each file to its declared size. */
class Weight {
  private inflated = 0;
  private packed = 0;
  private entries = 0;

  constructor(private readonly subject: string) {}

  add({ fileName, uncompressedSize, compressedSize, ...entry }: Entry): void {
    this.entries += 1;
    this.inflated += uncompressedSize;
    this.packed += compressedSize;
    if (this.entries > limits.entries)
      throw this.refused(`it has more than ${limits.entries} files`);
    if ((entry.generalPurposeBitFlag & 1) !== 0) {
      throw brokenExport(this.subject, `${fileName} is encrypted`);
    }
    if (this.inflated > limits.inflatedBytes) {
      throw this.refused(`its files inflate to more than ${limits.inflatedBytes} bytes`);
    }
    this.checkRatio(fileName, uncompressedSize, compressedSize);
    this.checkRatio('it', this.inflated, this.packed);
  }

  private checkRatio(what: string, inflated: number, packed: number): void {
    if (inflated < limits.ratioFromBytes || inflated <= packed * limits.ratio) return;
    throw this.refused(`${what} inflates to more than ${limits.ratio} times its size`);
  }

  private refused(why: string): RvtoolsError {
    return hostileExport(this.subject, why);
  }
}

/** The directory of the archive. Two files of one name would be read as one or the other. */
const readDirectory = (zip: ZipFile, subject: string): Promise<ReadonlyMap<string, Entry>> =>
  new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    const weight = new Weight(subject);
    zip.on('error', (error) => {
      reject(brokenExport(subject, reasonOf(error), error));
    });
    zip.on('end', () => {
      resolve(entries);
    });
    zip.on('entry', (entry: Entry) => {
      try {
        weight.add(entry);
        if (entries.has(entry.fileName)) {
          throw hostileExport(subject, `it has two files of the name ${entry.fileName}`);
        }
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });

const openEntry = (zip: ZipFile, entry: Entry, subject: string): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error === null) resolve(stream);
      else reject(brokenExport(subject, `${entry.fileName}: ${reasonOf(error)}`, error));
    });
  });

/**
 * Opens a ZIP by its directory.
 *
 * @param subject what the file is called in errors.
 * @throws RvtoolsError where it is no ZIP, a damaged one, or one that would inflate beyond the limits.
 */
export async function openArchive(file: string, subject: string): Promise<Archive> {
  const zip = await openZip(file).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) throw missingUpload(subject, error);
    throw brokenExport(subject, `it is no ZIP file: ${reasonOf(error)}`, error);
  });
  try {
    const entries = await readDirectory(zip, subject);
    return {
      paths: [...entries.keys()],
      open(path) {
        const entry = entries.get(path);
        if (entry === undefined) throw brokenExport(subject, `${path} is missing in it`);
        return openEntry(zip, entry, subject);
      },
      close: () => {
        zip.close();
      },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}
