import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { RegisterCommand } from '../command.js';
import { CliError } from '../cli-error.js';
import type { CommandContext } from '../command-context.js';
import { ExitCode } from '../exit-code.js';
import { errorFields } from '../connection/api-client.js';
import type { Cell } from '../output/format.js';
import { bytes, person } from '../output/quantity.js';
import { wholeNumber } from './option-values.js';
import { showFields } from './search-fields.js';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** A list has a place for each related object, whose value may be a list itself. */
const cell = z.union([value, z.array(z.union([value, z.array(value)]))]);
const line = z.record(z.string(), cell);
type Line = z.output<typeof line>;

/** The first rows of a search; the stream behind is left when there are enough. */
const firstRows = async (
  context: CommandContext,
  query: URLSearchParams,
  limit: number,
): Promise<{ readonly rows: readonly Line[]; readonly more: boolean }> => {
  const response = await context.api.open(`/export?${query.toString()}`);
  if (response.body === null) return { rows: [], more: false };
  const stream = Readable.fromWeb(response.body);
  const lines = createInterface({ input: stream });
  const rows: Line[] = [];
  try {
    for await (const text of lines) {
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === 'object' && parsed !== null && 'trailer' in parsed) break;
      if (rows.length === limit) return { rows, more: true };
      rows.push(line.parse(parsed));
    }
    return { rows, more: false };
  } finally {
    lines.close();
    // What is left is not wanted; ending it ends the query on the server too.
    stream.destroy();
  }
};

const cellOf = (value: z.output<typeof cell> | undefined): Cell =>
  Array.isArray(value) ? value.map((one) => (one === null ? '' : String(one))) : value;

/** What the model measures in bytes or MiB says so at the end of its name. */
const sizeText = (title: string, value: Cell): Cell => {
  if (typeof value !== 'number' || value < 0) return value;
  if (title.endsWith('Bytes')) return bytes(value);
  return title.endsWith('MB') ? bytes(value * 2 ** 20) : value;
};

const search = async (
  context: CommandContext,
  text: string,
  options: { readonly columns?: string; readonly limit: number },
): Promise<void> => {
  const query = new URLSearchParams({ search: text, format: 'jsonl' });
  if (options.columns !== undefined) query.set('columns', options.columns);
  const { rows, more } = await firstRows(context, query, options.limit);
  const titles = Object.keys(rows[0] ?? {});
  context.rows(
    rows,
    titles.map((title) => ({
      title,
      cell: (row: Line) => sizeText(title, cellOf(row[title])),
      exact: (row: Line) => cellOf(row[title]),
      align: typeof rows[0]?.[title] === 'number' ? ('right' as const) : ('left' as const),
    })),
    ' Other columns: --columns; what there is: opal search --fields <kind>.',
  );
  if (more) {
    context.note(
      `Only the first ${String(options.limit)} are shown. All of them: opal report --search …, or --limit.`,
    );
  }
};

const savedSearch = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  text: z.string(),
  changedBy: z.string(),
});

const savedSearches = async ({ api }: CommandContext) =>
  (
    await api.query(
      'query saved { savedSearches(first: 1000) { id name kind text changedBy } }',
      {},
      z.object({ savedSearches: z.array(savedSearch) }),
    )
  ).savedSearches;

const saved = async (context: CommandContext): Promise<void> => {
  context.rows(await savedSearches(context), [
    { title: 'name', cell: ({ name }) => name },
    { title: 'kind', cell: ({ kind }) => kind },
    { title: 'search', cell: ({ text }) => text },
    {
      title: 'by',
      cell: ({ changedBy }) => person(changedBy),
      exact: ({ changedBy }) => changedBy,
    },
  ]);
};

const remove = async (context: CommandContext, nameOrId: string): Promise<void> => {
  const found = (await savedSearches(context)).find(
    ({ id, name }) => id === nameOrId || name === nameOrId,
  );
  if (found === undefined) {
    throw new CliError(
      {
        what: 'There is no such saved search',
        subject: nameOrId,
        why: 'none has this name or id',
        remedy: 'List them with: opal searches',
      },
      ExitCode.notFound,
    );
  }
  await context.api.mutate(
    `mutation remove($id: ID!) { removeSavedSearch(id: $id) { ${errorFields} id } }`,
    { id: found.id },
    z.unknown(),
  );
  context.note(`${found.name} is removed.`);
};

const save = async (context: CommandContext, name: string, text: string): Promise<void> => {
  await context.api.mutate(
    `mutation save($name: String!, $search: String!) {
      saveSearch(name: $name, search: $search) {
        ${errorFields} savedSearch { id }
      }
    }`,
    { name, search: text },
    z.unknown(),
  );
  context.note(`Saved as ${name}.`);
};

interface SearchOptions {
  readonly columns?: string;
  readonly limit: number;
  readonly save?: string;
  readonly fields?: string | true;
}

const nothingToSearch = (): CliError =>
  new CliError(
    {
      code: 'cli.search.missing',
      what: 'There is nothing to search for',
      subject: 'search',
      why: 'no search was given',
      remedy: 'Give one, for instance "vms where memoryMB > 4Gi", or --fields to see the fields',
    },
    ExitCode.usage,
  );

const act = async (
  context: CommandContext,
  text: string | undefined,
  options: SearchOptions,
): Promise<void> => {
  if (options.fields !== undefined) {
    await showFields(context, options.fields === true ? text : options.fields);
    return;
  }
  if (text === undefined) throw nothingToSearch();
  if (options.save !== undefined) await save(context, options.save, text);
  await search(context, text, options);
};

/** opal search …, opal search --fields, opal searches */
export const registerSearch: RegisterCommand = (program, context) => {
  program
    .command('search [search]')
    .description(
      'find objects, for instance: opal search "vms where name ~= \'^web\' and memoryMB > 4Gi"',
    )
    .option('--columns <paths>', 'columns to show, for instance name,host.cluster.name')
    .option('--limit <number>', 'rows at most', wholeNumber, 50)
    .option('--save <name>', 'keep the search under this name too')
    .option('--fields [kind]', 'show the kinds, or the fields of one, instead')
    .action((text: string | undefined, options: SearchOptions) => act(context(), text, options));
  const searches = program
    .command('searches')
    .description('saved searches')
    .action(() => saved(context()));
  searches
    .command('remove <name>')
    .description('remove a saved search, by name or id; plans made from it keep their own copy')
    .action((name: string) => remove(context(), name));
};
