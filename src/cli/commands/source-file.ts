import { basename } from 'node:path';
import type { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { CommandContext } from '../command-context.js';
import { uploadFile } from '../connection/upload-file.js';
import { ExitCode } from '../exit-code.js';
import { describeVerification, reconfigureSource } from './source-operations.js';

/** Fields of a source that is read from a file, once the server has the file. */
export const fileFields = async (
  context: CommandContext,
  file: string | undefined,
): Promise<Record<string, unknown>> => {
  if (file !== undefined) return uploadFile(context.api, file);
  throw new CliError(
    {
      what: 'The source cannot be added',
      subject: '--file',
      why: 'it is missing',
      remedy: 'Name a workbook of RVTools, a ZIP or a folder of its CSV files.',
    },
    ExitCode.usage,
  );
};

/** `exports/prod.xlsx` is the source prod, if nobody says otherwise. */
export const nameOfFile = (file: string | undefined): string | undefined =>
  file === undefined ? undefined : basename(file).replace(/\.(?:xlsx|zip)$/iu, '');

/** opal source upload … */
export const registerUpload = (source: Command, context: () => CommandContext): void => {
  source
    .command('upload <id>')
    .description('replace the file of a source, after verifying the new one')
    .requiredOption('--file <file>', 'RVTools: a newer workbook, or a ZIP or folder of CSV files')
    .action(async (id: string, { file }: { file: string }) => {
      const fields = await uploadFile(context().api, file);
      const { verification } = await reconfigureSource(context().api, id, fields);
      context().note(describeVerification(verification));
      context().note(`${id} is read from ${fields.fileName} now.`);
    });
};
