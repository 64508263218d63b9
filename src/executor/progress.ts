import { z } from 'zod';
import type { Graph } from '../graph/index.js';
import type { RecordedError } from './describe-error.js';
import { effectsOfMachine, type RecordedEffect } from './queries/effects.js';
import {
  listMigrations,
  machinesOfMigration,
  migrationSummary,
  type MigrationRecord,
} from './queries/progress.js';
import { stepProgressSchema, type StepProgress } from './step-progress.js';

const recordedErrorSchema: z.ZodType<RecordedError> = z.object({
  code: z.string(),
  what: z.string(),
  subject: z.string(),
  why: z.string(),
  remedy: z.string(),
});

export interface MigrationProgress extends MigrationRecord {
  /** Machines by state. */
  readonly machines: Readonly<Record<string, number>>;
  readonly machineCount: number;
  readonly copiedBytes: number;
  readonly totalBytes: number;
  /** Of the machine that has longest to copy; absent where nothing is being copied. */
  readonly etaSeconds?: number;
}

export interface StepRecord {
  readonly name: string;
  /** `forward` for the migration itself, `back` for a rollback. */
  readonly direction: string;
  readonly state: string;
  readonly attempts: number;
  readonly startedAt?: string | undefined;
  readonly endedAt?: string | undefined;
  readonly outcome?: string | undefined;
  readonly failureKind?: string | undefined;
  readonly error?: RecordedError;
  readonly progress?: StepProgress;
}

type MachineRow = z.output<typeof machinesOfMigration.row>;

export type MachineProgress = Omit<MachineRow['machine'], 'error'> & {
  readonly error?: RecordedError;
  readonly steps: readonly StepRecord[];
};

/** How a run stands as a whole; `undefined` where there is none of that id. */
export async function migrationProgress(
  graph: Graph,
  migration: string,
): Promise<MigrationProgress | undefined> {
  const [row] = await graph.read(migrationSummary, { migration });
  if (row === undefined) return undefined;
  const etas = row.states.flatMap(({ etaSeconds }) =>
    etaSeconds === undefined ? [] : [etaSeconds],
  );
  const sum = (field: 'machines' | 'copiedBytes' | 'totalBytes') =>
    row.states.reduce((total, state) => total + state[field], 0);
  return {
    ...row.migration,
    machines: Object.fromEntries(row.states.map(({ state, machines }) => [state, machines])),
    machineCount: sum('machines'),
    copiedBytes: sum('copiedBytes'),
    totalBytes: sum('totalBytes'),
    ...(etas.length === 0 ? {} : { etaSeconds: Math.max(...etas) }),
  };
}

export interface MachineSelection {
  /** Position after which the page begins; the first page if left out. */
  readonly after?: number;
  readonly state?: string;
  /** Id of a source machine in the graph. */
  readonly entity?: string;
  /** At most 1,000. @default 100 */
  readonly first?: number;
}

const largestPage = 1_000;

/** Machines of a run with all their steps, in the order in which they were planned. */
export async function machineProgress(
  graph: Graph,
  migration: string,
  selection: MachineSelection = {},
): Promise<readonly MachineProgress[]> {
  const rows = await graph.read(machinesOfMigration, {
    migration,
    after: selection.after ?? -1,
    state: selection.state ?? null,
    entity: selection.entity ?? null,
    limit: Math.min(selection.first ?? 100, largestPage),
  });
  return rows.map(({ machine: { error, ...machine }, steps }) => ({
    ...machine,
    ...(error === undefined ? {} : { error: recordedErrorSchema.parse(JSON.parse(error)) }),
    steps: steps.map(stepRecord),
  }));
}

function stepRecord({ error, progress, ...step }: MachineRow['steps'][number]): StepRecord {
  return {
    ...step,
    ...(error === undefined ? {} : { error: recordedErrorSchema.parse(JSON.parse(error)) }),
    ...(progress === undefined ? {} : { progress: stepProgressSchema.parse(JSON.parse(progress)) }),
  };
}

export interface MigrationSelection {
  readonly plan?: string;
  /** Runs created before this moment (ISO 8601), for paging. */
  readonly before?: string;
  /** At most 1,000. @default 50 */
  readonly first?: number;
}

/** Runs, newest first. */
export async function migrations(
  graph: Graph,
  selection: MigrationSelection = {},
): Promise<readonly MigrationRecord[]> {
  const rows = await graph.read(listMigrations, {
    plan: selection.plan ?? null,
    before: selection.before ?? null,
    limit: Math.min(selection.first ?? 50, largestPage),
  });
  return rows.map(({ migration }) => migration);
}

/** What was changed outside for one migrating machine, oldest first: intent and outcome of each. */
export async function machineEffects(
  graph: Graph,
  machine: string,
): Promise<readonly RecordedEffect[]> {
  const rows = await graph.read(effectsOfMachine, { machine, limit: largestPage });
  return rows.map(({ effect }) => effect);
}
