import { z } from 'zod';
import type { RegisterCommand } from '../command.js';
import type { CommandContext } from '../command-context.js';
import { age, counted, duration } from '../output/quantity.js';
import { wholeNumber } from './option-values.js';
import { readSyncs, type Sync } from './read-syncs.js';

const sumOf = ({ counts }: Sync, field: 'seen' | 'added' | 'changed' | 'removed'): number =>
  counts.reduce((sum, count) => sum + count[field], 0);

/** Reads of a source, newest first. */
export const showSyncs = async (
  context: CommandContext,
  source: string,
  limit: number,
): Promise<void> => {
  const syncs = await readSyncs(context, source, limit);
  context.rows(syncs, [
    { title: 'number', cell: ({ number }) => number, align: 'right' },
    { title: 'mode', cell: ({ mode }) => mode },
    { title: 'status', cell: ({ status }) => status },
    {
      title: 'started',
      cell: ({ startedAt }) => age(startedAt),
      exact: ({ startedAt }) => startedAt,
    },
    {
      title: 'took',
      cell: ({ startedAt, endedAt }) =>
        endedAt === null ? '' : duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000),
      exact: ({ endedAt }) => endedAt,
    },
    { title: 'seen', cell: (one) => sumOf(one, 'seen'), align: 'right' },
    { title: 'added', cell: (one) => sumOf(one, 'added'), align: 'right' },
    { title: 'changed', cell: (one) => sumOf(one, 'changed'), align: 'right' },
    { title: 'removed', cell: (one) => sumOf(one, 'removed'), align: 'right' },
    { title: 'unread', cell: ({ omissionCount }) => omissionCount, align: 'right' },
    { title: 'error', cell: ({ error }) => error },
  ]);
};

const difference = z.object({
  type: z.string(),
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  fields: z.record(z.string(), z.unknown()),
});
type Difference = z.output<typeof difference>;

const pageOfDifferences = 500;

const readDifferences = async (
  { api }: CommandContext,
  variables: { readonly source: string; readonly from: number; readonly to: number },
  limit: number,
): Promise<{ readonly differences: readonly Difference[]; readonly more: boolean }> => {
  const differences: Difference[] = [];
  for (;;) {
    const { diff } = await api.query(
      `query diff($source: ID!, $from: Int!, $to: Int!, $first: Int!, $after: ID) {
        diff(source: $source, from: $from, to: $to, first: $first, after: $after) {
          type kind id name fields
        }
      }`,
      { ...variables, first: pageOfDifferences, after: differences.at(-1)?.id ?? null },
      z.object({ diff: z.array(difference) }),
    );
    differences.push(...diff);
    if (differences.length > limit) return { differences: differences.slice(0, limit), more: true };
    if (diff.length < pageOfDifferences) return { differences, more: false };
  }
};

const showDifferences = async (
  context: CommandContext,
  source: string,
  [from, to]: readonly [number, number],
  limit: number,
): Promise<void> => {
  const { differences, more } = await readDifferences(context, { source, from, to }, limit);
  context.rows(differences, [
    { title: 'what', cell: ({ type }) => type },
    { title: 'kind', cell: ({ kind }) => kind },
    { title: 'name', cell: ({ name }) => name },
    {
      title: 'fields',
      cell: ({ fields }) => Object.keys(fields),
      exact: ({ fields }) => JSON.stringify(fields),
    },
    { title: 'id', cell: ({ id }) => id },
  ]);
  const counts = ['added', 'changed', 'removed'].map(
    (type) => `${String(differences.filter((one) => one.type === type).length)} ${type}`,
  );
  const shown = more
    ? `The first ${String(limit)} differences`
    : counted(differences.length, 'difference');
  context.note(`${shown}: ${counts.join(', ')}.${more ? ' More with --limit.' : ''}`);
};

/** opal diff … */
export const registerSyncs: RegisterCommand = (program, context) => {
  program
    .command('diff <source> <from> <to>')
    .description('what changed between two syncs; opal source syncs has their numbers')
    .option('--limit <number>', 'objects at most', wholeNumber, 1_000)
    .action((source: string, from: string, to: string, { limit }: { limit: number }) =>
      showDifferences(context(), source, [wholeNumber(from), wholeNumber(to)], limit),
    );
};
