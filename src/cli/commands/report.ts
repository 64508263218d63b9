import { createWriteStream, renameSync } from 'node:fs';
import { once } from 'node:events';
import { Option } from 'commander';
import { CliError } from '../cli-error.js';
import type { RegisterCommand } from '../command.js';
import type { CommandContext } from '../command-context.js';
import { download } from '../connection/download.js';
import { ExitCode } from '../exit-code.js';
import { openPartial } from '../given-file.js';
import { counted } from '../output/quantity.js';

interface ReportOptions {
  readonly search?: string;
  readonly saved?: string;
  readonly columns?: string;
  readonly source?: string;
  readonly format?: 'csv' | 'json' | 'jsonl' | 'xlsx';
  readonly file?: string;
  readonly bom?: boolean;
}

const exportPath = (name: string | undefined, options: ReportOptions): string => {
  const query = new URLSearchParams();
  if (name !== undefined) query.set('report', name);
  if (options.bom === true) query.set('bom', 'true');
  for (const option of ['format', 'search', 'saved', 'columns', 'source'] as const) {
    const value = options[option];
    if (value !== undefined) query.set(option, value);
  }
  return `export?${query.toString()}`;
};

/** A file takes its name only when it is whole, so that a broken one is never taken for a report. */
const toFile = (file: string) => {
  const { descriptor, partial } = openPartial(file);
  const stream = createWriteStream(partial, { fd: descriptor });
  return {
    write: async (chunk: Buffer): Promise<void> => {
      if (!stream.write(chunk)) await once(stream, 'drain');
    },
    finish: async (): Promise<void> => {
      stream.end();
      await once(stream, 'close');
      renameSync(partial, file);
    },
  };
};

const toOutput = {
  write: async (chunk: Buffer): Promise<void> => {
    if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
  },
  finish: (): Promise<void> => Promise.resolve(),
};

/** `lab-vcenter#3 (running)`, as the server counts the states of sources, in words. */
export const stateText = (state: string): string =>
  state.replace(
    /(\S+)#(\d+)(?: \((\w+)\))?/gu,
    (_, source: string, sync: string, status?: string) =>
      `${source} at sync ${sync}${status === 'running' ? ', which is still under way' : status === undefined ? '' : ` (${status})`}`,
  );

const report = async (
  context: CommandContext,
  name: string | undefined,
  options: ReportOptions,
): Promise<void> => {
  if (name === undefined && options.search === undefined && options.saved === undefined) {
    throw new CliError(
      {
        what: 'It is not said what to report',
        subject: 'opal report',
        why: 'neither a report, nor a search, nor a saved search is named',
        remedy: 'Try `opal report inventory`, or --search "vms where …".',
      },
      ExitCode.usage,
    );
  }
  if (name === 'rvtools' && options.file === undefined && process.stdout.isTTY) {
    throw new CliError(
      {
        what: 'A workbook cannot be shown in a terminal',
        subject: 'opal export rvtools',
        why: 'it is no text',
        remedy: 'Name a file: opal export rvtools --file export.xlsx',
      },
      ExitCode.usage,
    );
  }
  const target = options.file === undefined ? toOutput : toFile(options.file);
  const done = await download(context.address, exportPath(name, options), target.write, {
    ownTrailer: options.format === 'jsonl',
  });
  await target.finish();
  const where = options.file === undefined ? '' : ` in ${options.file}`;
  const rows = counted(done.rows, 'row');
  context.note(`${rows}${where}, SHA-256 ${done.sha256}, taken from ${stateText(done.state)}.`);
};

const formats = ['csv', 'json', 'jsonl', 'xlsx'] as const;

/** opal report …, with opal export as another name for it. */
export const registerReport: RegisterCommand = (program, context) => {
  program
    .command('report [name]')
    .alias('export')
    .description(
      'a report as CSV, JSON or JSON Lines: inventory, concerns, causes, readiness, capacity, networks, datastores, snapshots; or any search; rvtools is the inventory as an RVTools workbook',
    )
    .option('--search <search>', "what to report, for instance: vms where readiness = 'blocked'")
    .option('--saved <name>', 'a saved search')
    .option(
      '--columns <paths>',
      'columns of a search, for instance name,host.cluster.name,disks.file',
    )
    .option('--source <id>', 'only this source')
    .addOption(
      new Option('--format <format>', 'form of the report')
        .choices(formats)
        .default(undefined, 'csv; xlsx for rvtools'),
    )
    .option('--bom', 'begin the CSV with a byte-order mark, by which Excel knows UTF-8')
    .option('--file <file>', 'write to a file instead of the standard output')
    .action((name: string | undefined, options: ReportOptions) => report(context(), name, options));
};
