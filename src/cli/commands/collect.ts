import { z } from 'zod';
import { CliError } from '../cli-error.js';
import type { RegisterCommand } from '../command.js';
import type { CommandContext } from '../command-context.js';
import { errorFields } from '../connection/api-client.js';
import { ExitCode } from '../exit-code.js';
import { noteIfInterrupted } from '../interruption.js';
import { counted } from '../output/quantity.js';
import { readSyncs, type Sync } from './read-syncs.js';

const progressEvent = z.object({
  syncProgress: z.object({
    source: z.string(),
    phase: z.string(),
    seen: z.number(),
    total: z.number().nullish(),
    etaSeconds: z.number().nullish(),
  }),
});

/** Further back nobody looks: reads of changes alone are many, full ones that end now are not. */
const lookedBack = 10;

const fullReads = async (context: CommandContext, source: string): Promise<readonly Sync[]> =>
  (await readSyncs(context, source, lookedBack)).filter(({ mode }) => mode !== 'changes');

const showProgress = async (
  context: CommandContext,
  source: string,
  until: AbortSignal,
): Promise<void> => {
  const view = context.progress();
  const events = context.api.subscribe(
    'subscription progress($source: ID) { syncProgress(source: $source) { source phase seen total etaSeconds } }',
    { source },
    progressEvent,
    until,
  );
  try {
    for await (const { syncProgress } of events) {
      if (until.aborted) break;
      view.show({
        what: `${source}: ${syncProgress.phase}`,
        done: syncProgress.seen,
        total: syncProgress.total ?? undefined,
        etaSeconds: syncProgress.etaSeconds ?? undefined,
      });
    }
  } catch {
    // Progress is a comfort: without it the end is still awaited.
  } finally {
    view.end();
  }
};

const lookAgainMs = 500;

/** Shows how far a source is during some work, and never outlives it: an open socket keeps the process. */
const whileShowingProgress = async <T>(
  context: CommandContext,
  source: string,
  work: () => Promise<T>,
): Promise<T> => {
  const stop = new AbortController();
  const progress = showProgress(context, source, stop.signal);
  const settled = noteIfInterrupted(
    `The server goes on reading ${source}. How it ends: opal source show ${source}`,
  );
  try {
    return await work();
  } finally {
    settled();
    stop.abort();
    await Promise.race([progress, new Promise((resolve) => setTimeout(resolve, lookAgainMs))]);
  }
};

const startRead = async (
  { api }: CommandContext,
  source: string,
  confirmRemovals: boolean,
): Promise<void> => {
  await api.mutate(
    `mutation sync($source: ID!, $confirmRemovals: Boolean!) {
      startSync(source: $source, confirmRemovals: $confirmRemovals) {
        ${errorFields} source { id }
      }
    }`,
    { source, confirmRemovals },
    z.unknown(),
  );
};

/** Waits until a full read that is newer than the given one has ended. */
const ended = async (context: CommandContext, source: string, after: number): Promise<Sync> => {
  for (;;) {
    const newer = (await fullReads(context, source)).find(
      ({ number, status }) => number > after && status !== 'running',
    );
    if (newer !== undefined) return newer;
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
};

const longestEvaluationMs = 15 * 60_000;

/** Waits until concerns reflect what was read, so that what is asked next is not half true. */
const evaluated = async (context: CommandContext, source: string): Promise<void> => {
  for (let waited = 0; waited < longestEvaluationMs; waited += lookAgainMs) {
    const { concernsCurrent } = await context.api.query(
      'query evaluated($source: ID!) { concernsCurrent(source: $source) }',
      { source },
      z.object({ concernsCurrent: z.boolean() }),
    );
    if (concernsCurrent) return;
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
  context.note(
    `The concerns of ${source} are still being evaluated; the log of the server says why.`,
  );
};

const judge = (source: string, { status, held, error }: Sync): void => {
  if (status === 'needsConfirmation') {
    throw new CliError(
      {
        what: 'So much would be removed that a person has to confirm it',
        subject: source,
        why: held ?? 'far fewer objects were seen than before',
        remedy: `See whether the account lost a privilege. If they are really gone: opal collect ${source} --confirm-removals`,
      },
      ExitCode.needsDecision,
    );
  }
  if (status !== 'complete') {
    throw new CliError({
      what: 'The read did not end well; nothing was removed',
      subject: source,
      why: error ?? status,
      remedy: `Run: opal source verify ${source}`,
      retryable: true,
    });
  }
};

const collect = async (
  context: CommandContext,
  source: string,
  confirmRemovals: boolean,
): Promise<void> => {
  const [last] = await fullReads(context, source);
  // A source that was just added is being read already: that read is the one to wait for.
  const running = last?.status === 'running' && !confirmRemovals;
  const after = running ? last.number - 1 : (last?.number ?? 0);
  const done = await whileShowingProgress(context, source, async () => {
    if (!running) await startRead(context, source, confirmRemovals);
    const read = await ended(context, source, after);
    await evaluated(context, source);
    return read;
  });
  context.rows(done.counts, [
    { title: 'kind', cell: ({ kind }) => kind },
    { title: 'seen', cell: ({ seen }) => seen, align: 'right' },
    { title: 'added', cell: ({ added }) => added, align: 'right' },
    { title: 'changed', cell: ({ changed }) => changed, align: 'right' },
    { title: 'removed', cell: ({ removed }) => removed, align: 'right' },
  ]);
  if (done.omissionCount !== null && done.omissionCount > 0) {
    context.note(
      `${counted(done.omissionCount, 'thing')} could not be read: opal source show ${source}`,
    );
  }
  judge(source, done);
};

/** opal collect … */
export const registerCollect: RegisterCommand = (program, context) => {
  program
    .command('collect <source>')
    .description('read a source in full now, and wait for the end')
    .option('--confirm-removals', 'remove what the last read held back', false)
    .action((source: string, { confirmRemovals }: { confirmRemovals: boolean }) =>
      collect(context(), source, confirmRemovals),
    );
};
