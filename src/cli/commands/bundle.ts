import { createReadStream, createWriteStream, renameSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { CliError } from '../cli-error.js';
import type { RegisterCommand } from '../command.js';
import type { CommandContext } from '../command-context.js';
import { ExitCode } from '../exit-code.js';
import { openPartial, openGivenFile } from '../given-file.js';

const record = async (
  context: CommandContext,
  source: string,
  options: { readonly file?: string; readonly pseudonyms?: boolean },
): Promise<void> => {
  const file = options.file ?? `${source}.opal.gz`;
  const key = process.env.OPAL_PSEUDONYM_KEY;
  if (options.pseudonyms === true && key === undefined) {
    throw new CliError(
      {
        what: 'Pseudonyms need a key',
        subject: source,
        why: 'the same key gives the same pseudonyms, and nobody else should know it',
        remedy: 'Set OPAL_PSEUDONYM_KEY to at least 8 letters.',
      },
      ExitCode.usage,
    );
  }
  const query =
    options.pseudonyms === true
      ? `?${new URLSearchParams({ pseudonymKey: key ?? '' }).toString()}`
      : '';
  const { descriptor, partial } = openPartial(file, 0o600);
  const response = await context.api.open(`/bundles/${encodeURIComponent(source)}${query}`);
  if (response.body === null) return;
  await pipeline(Readable.fromWeb(response.body), createWriteStream(partial, { fd: descriptor }));
  renameSync(partial, file);
  context.note(`${source} is recorded in ${file}.`);
};

const loaded = z.object({
  source: z.string(),
  sync: z.number(),
  status: z.string(),
  counts: z.record(z.string(), z.object({ seen: z.number(), added: z.number() })),
});

const replay = async (
  context: CommandContext,
  file: string,
  options: { readonly id?: string; readonly name?: string },
): Promise<void> => {
  const opened = openGivenFile('The bundle', file);
  const id = options.id ?? basename(file).replace(/\..*$/, '').toLowerCase();
  const query = new URLSearchParams({ id, name: options.name ?? id });
  const response = await context.api.open(`/bundles?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/gzip' },
    body: Readable.toWeb(createReadStream(file, { fd: opened, start: 0 })) as ReadableStream,
    duplex: 'half',
  });
  const result = loaded.parse(await response.json());
  context.rows(
    Object.entries(result.counts).map(([kind, counts]) => ({ kind, ...counts })),
    [
      { title: 'kind', cell: ({ kind }) => kind },
      { title: 'seen', cell: ({ seen }) => seen, align: 'right' },
      { title: 'added', cell: ({ added }) => added, align: 'right' },
    ],
  );
  context.note(`${file} is loaded as source ${id}.`);
};

/** opal record, opal replay */
export const registerBundle: RegisterCommand = (program, context) => {
  program
    .command('record <source>')
    .description('read a source once into a bundle, without its secrets')
    .option('--file <file>', 'where to write; <source>.opal.gz if left out')
    .option('--pseudonyms', 'replace names and addresses, by the key in OPAL_PSEUDONYM_KEY')
    .action((source: string, options: { file?: string; pseudonyms?: boolean }) =>
      record(context(), source, options),
    );
  program
    .command('replay <file>')
    .description('load a bundle as a source')
    .option('--id <id>', 'id of the source; made from the file name if left out')
    .option('--name <name>', 'name of the source')
    .action((file: string, options: { id?: string; name?: string }) =>
      replay(context(), file, options),
    );
};
