import type { CommandContext } from '../command-context.js';
import { CliError } from '../cli-error.js';
import { ExitCode } from '../exit-code.js';
import { age, bytes, counted, duration, person } from '../output/quantity.js';
import type { Column } from '../output/format.js';
import type { MigratingMachine, Migration, Run, Step } from './migration-operations.js';

/** Why a machine is where it is: what stopped it, or what its step waits for. */
const remark = ({ error, steps, step }: MigratingMachine): string => {
  if (error) return `${error.what}: ${error.why}. ${error.remedy}`;
  const current = steps.find(({ name, state }) => name === step && state === 'waiting');
  return current?.outcome ?? '';
};

const machineColumns: readonly Column<MigratingMachine>[] = [
  { title: 'machine', cell: ({ name }) => name },
  { title: 'state', cell: ({ state }) => state },
  { title: 'step', cell: ({ step }) => step },
  {
    title: 'copied',
    cell: ({ copiedBytes, totalBytes }) => `${bytes(copiedBytes)} of ${bytes(totalBytes)}`,
    exact: ({ copiedBytes }) => copiedBytes,
  },
  {
    title: 'left',
    cell: ({ etaSeconds }) => duration(etaSeconds),
    exact: ({ etaSeconds }) => etaSeconds,
  },
  { title: 'target', cell: ({ namespace, targetName }) => `${namespace}/${targetName}` },
  { title: 'remark', cell: remark },
];

export const showMachines = (
  context: CommandContext,
  machines: readonly MigratingMachine[],
): void => {
  context.rows(machines, machineColumns);
};

/** In a paused run a machine between two steps does not run, whatever it is on its way to. */
const asPaused = (machine: MigratingMachine): MigratingMachine =>
  machine.state === 'running' && machine.steps.every(({ state }) => state !== 'running')
    ? { ...machine, state: 'paused' }
    : machine;

/** What a person can do with a run in its state, as commands. */
export const nextCommands = ({ state, planName }: Pick<Run, 'state' | 'planName'>): string[] => {
  const command = (verb: string): string => `opal migrate ${verb} ${planName}`;
  switch (state) {
    case 'running':
      return [command('follow'), command('pause'), command('cancel')];
    case 'paused':
      return [command('resume'), command('cancel')];
    case 'cancelling':
      return [command('follow')];
    case 'failed':
      return [command('retry'), command('cancel')];
    default:
      return [];
  }
};

const moment = (at: string | null | undefined): string =>
  at === null || at === undefined ? '' : `${at} (${age(at)})`;

/** A run as a whole, then its machines. */
export const showRun = (
  context: CommandContext,
  migration: Migration,
  machines: readonly MigratingMachine[],
): void => {
  const { output } = context.options;
  if (output === 'csv' || output === 'name') {
    showMachines(context, machines);
    return;
  }
  const counts = migration.machines.map(
    ({ state, machines: count }) => `${String(count)} ${state}`,
  );
  const whole = { ...migration, states: migration.machines, machines };
  context.object(whole, [
    ['migration', migration.id],
    ['plan', migration.planName],
    ['state', migration.state],
    ['begun', `${moment(migration.createdAt)} by ${person(migration.createdBy)}`],
    ['ended', moment(migration.endedAt)],
    ['machines', `${String(migration.machineCount)}: ${counts.join(', ')}`],
    ['copied', `${bytes(migration.copiedBytes)} of ${bytes(migration.totalBytes)}`],
    ['left', duration(migration.etaSeconds)],
  ]);
  if (output !== 'table') return;
  context.print('');
  showMachines(context, migration.state === 'paused' ? machines.map(asPaused) : machines);
  if (migration.state === 'paused') {
    context.note('No machine begins another step; copies that the cluster makes go on.');
  }
  for (const command of nextCommands(migration)) context.note(`Next: ${command}`);
};

interface LoggedStep extends Step {
  readonly machine: string;
}

/** Every step that has begun, in the order of the moments at which they did. */
export const showLog = (
  context: CommandContext,
  machines: readonly MigratingMachine[],
  wanted: string | undefined,
): void => {
  const chosen = machines.filter(
    ({ id, entity, name }) => wanted === undefined || [id, entity, name].includes(wanted),
  );
  if (wanted !== undefined && chosen.length === 0) {
    throw new CliError(
      {
        what: 'The run has no such machine',
        subject: wanted,
        why: `it has ${counted(machines.length, 'machine')}, and none has this name or id`,
        remedy: 'opal migrate show lists its machines.',
      },
      ExitCode.notFound,
    );
  }
  const steps = chosen
    .flatMap(({ name, steps: ofMachine }) => ofMachine.map((one) => ({ ...one, machine: name })))
    .filter(({ startedAt }) => startedAt !== null && startedAt !== undefined)
    .sort((a, b) => Date.parse(a.startedAt ?? '') - Date.parse(b.startedAt ?? ''));
  context.rows<LoggedStep>(steps, [
    { title: 'started', cell: ({ startedAt }) => startedAt },
    { title: 'machine', cell: ({ machine }) => machine },
    {
      title: 'step',
      cell: ({ name, direction }) => (direction === 'back' ? `${name} (rollback)` : name),
      exact: ({ name }) => name,
    },
    { title: 'state', cell: ({ state }) => state },
    {
      title: 'took',
      cell: ({ startedAt, endedAt }) =>
        startedAt && endedAt ? duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000) : '',
      exact: ({ endedAt }) => endedAt,
    },
    { title: 'tries', cell: ({ attempts }) => attempts, align: 'right' },
    {
      title: 'outcome',
      cell: ({ error, outcome }) => (error ? `${error.what}: ${error.why}` : outcome),
    },
  ]);
};

export const showRuns = (context: CommandContext, runs: readonly Run[]): void => {
  context.rows(runs, [
    { title: 'id', cell: ({ id }) => id },
    { title: 'plan', cell: ({ planName }) => planName },
    { title: 'state', cell: ({ state }) => state },
    {
      title: 'by',
      cell: ({ createdBy }) => person(createdBy),
      exact: ({ createdBy }) => createdBy,
    },
    { title: 'begun', cell: ({ createdAt }) => age(createdAt), exact: (one) => one.createdAt },
    {
      title: 'ended',
      cell: ({ endedAt }) => (endedAt ? age(endedAt) : ''),
      exact: (one) => one.endedAt,
    },
  ]);
};
