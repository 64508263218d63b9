import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli-error.js';
import { ExitCode } from '../exit-code.js';
import { readGivenFile } from '../given-file.js';

/** Where a server is and what lets this person in. */
export interface ServerAddress {
  /** Address without a slash at the end, for instance http://127.0.0.1:4400. */
  readonly url: string;
  readonly token: string;
}

export interface AddressOptions {
  /** Address as given; else that of the server which holds the data folder. */
  readonly server?: string | undefined;
  /** File with a token; else OPAL_TOKEN, else the first token in the data folder. */
  readonly tokenFile?: string | undefined;
  readonly dataDir: string;
}

const recordedAddress = z.object({ address: z.string() });

const readOrNothing = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
};

const addressOf = ({ server, dataDir }: AddressOptions): string => {
  const given = server ?? process.env.OPAL_URL;
  if (given !== undefined) return given.replace(/\/+$/, '');
  const file = join(dataDir, 'server.json');
  const recorded = readOrNothing(file);
  if (recorded !== undefined) return recordedAddress.parse(JSON.parse(recorded)).address;
  throw new CliError(
    {
      what: 'No server was found',
      subject: dataDir,
      why: 'no server has noted its address in the data folder',
      remedy: 'Start one with npm start or opal up, or name one with --server.',
    },
    ExitCode.unreachable,
  );
};

const tokenOf = ({ tokenFile, dataDir }: AddressOptions): string => {
  const file = tokenFile ?? join(dataDir, 'admin-token');
  const token =
    tokenFile === undefined
      ? (process.env.OPAL_TOKEN ?? readOrNothing(file))
      : readGivenFile('--token-file', tokenFile).trim();
  if (token !== undefined && token !== '') return token;
  throw new CliError(
    {
      what: 'There is no token to log in with',
      subject: file,
      why: 'the file is not there, cannot be read, or is empty',
      remedy:
        'Set OPAL_TOKEN, or give a file with --token-file. An admin makes tokens with opal token create.',
    },
    ExitCode.unreachable,
  );
};

/** Finds the server and the token; a token is never taken from the command line, where others see it. */
export const findServer = (options: AddressOptions): ServerAddress => ({
  url: addressOf(options),
  token: tokenOf(options),
});
