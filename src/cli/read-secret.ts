import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CliError } from './cli-error.js';
import { ExitCode } from './exit-code.js';
import { readGivenFile } from './given-file.js';

const fromTerminal = async (prompt: string): Promise<string> => {
  process.stderr.write(prompt);
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
};

/**
 * A secret that never stands on the command line: from a file, from an environment variable, or
 * asked for without echo. `-` as file is the standard input.
 */
export const readSecret = async (
  what: string,
  { file, variable }: { readonly file?: string | undefined; readonly variable: string },
): Promise<string> => {
  const option = `--${what.toLowerCase()}-file`;
  if (file !== undefined) {
    return readGivenFile(option, file, { dashIsInput: true }).replace(/\r?\n$/, '');
  }
  const given = process.env[variable];
  if (given !== undefined) return given;
  if (process.stdin.isTTY) return fromTerminal(`${what}: `);
  throw new CliError(
    {
      what: `The ${what.toLowerCase()} is missing`,
      subject: what,
      why: 'it is given neither by a file nor by the environment, and nobody can be asked',
      remedy: `Use ${option}, or set ${variable}.`,
    },
    ExitCode.usage,
  );
};
