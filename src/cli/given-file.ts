import { openSync, readFileSync, readSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CliError } from './cli-error.js';
import { ExitCode } from './exit-code.js';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'this user may not open it',
  EPERM: 'this user may not open it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EROFS: 'the disk is read-only',
};

const cannotOpen = (what: string, file: string, error: unknown, remedy: string): CliError => {
  const { code, message } = error as NodeJS.ErrnoException;
  return new CliError(
    {
      code: 'cli.file.unusable',
      what: `${what} cannot be used`,
      subject: resolve(file),
      why: (code === undefined ? undefined : reasons[code]) ?? message,
      remedy,
    },
    ExitCode.usage,
    { cause: error },
  );
};

const readable = 'Give a file that this user can read.';

/** The text of a file that an option names; `-` is the standard input where the option allows it. */
export const readGivenFile = (
  option: string,
  file: string,
  { dashIsInput = false }: { readonly dashIsInput?: boolean } = {},
): string => {
  try {
    return readFileSync(dashIsInput && file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw cannotOpen(`The file of ${option}`, file, error, readable);
  }
};

/** Opens a file to read, so that what is wrong with it shows before any work. */
export const openGivenFile = (what: string, file: string): number => {
  try {
    const opened = openSync(file, 'r');
    // A folder can be opened, and fails at the first read only.
    readSync(opened, Buffer.alloc(1), 0, 1, 0);
    return opened;
  } catch (error) {
    throw cannotOpen(what, file, error, readable);
  }
};

/**
 * Opens the file beside the one that is to be written: it takes its name only when it is whole.
 *
 * @returns the descriptor, and the name until then.
 */
export const openPartial = (
  file: string,
  mode?: number,
): { readonly descriptor: number; readonly partial: string } => {
  const partial = `${file}.part`;
  try {
    return { descriptor: openSync(partial, 'w', mode), partial };
  } catch (error) {
    const folder = dirname(resolve(file));
    const remedy = `Give --file a file in a folder that is there and that this user can write to.`;
    throw cannotOpen('The folder to write to', folder, error, remedy);
  }
};
