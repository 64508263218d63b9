import type { Graph } from '../graph/index.js';
import { rollbackItinerary, type StepName } from './itinerary.js';
import { MigrationRequestError } from './migration-error.js';
import {
  cancelMachines,
  migrationState,
  pauseRun,
  reopenMigration,
  requestCancel,
  resumeRun,
  retryMachines,
} from './queries/control.js';
import { settleMigration } from './queries/turn.js';

export interface CancelOptions {
  /** Ids of migrating machines (not of source machines); the whole run if left out. */
  readonly machines?: readonly string[];
  /** Leave the volumes of the target where they are. @default false */
  readonly keepDisks?: boolean;
  /** Stop and remove a target that was started; what it wrote is lost. @default false */
  readonly stopRunningTarget?: boolean;
}

/** A machine and the state that the request has put it in. */
export interface ChangedMachine {
  readonly id: string;
  readonly state: string;
}

/**
 * Where a retry begins again, for steps that only look at what an earlier one has made: a broken
 * volume has to be made anew, a guest has to be asked anew.
 */
const beginAgainAt: Partial<Record<StepName, StepName>> = {
  'wait-for-power-off': 'power-off-source',
  'copy-disks': 'create-data-volumes',
};

const now = (): string => new Date().toISOString();

async function refuse(graph: Graph, migration: string, wish: string): Promise<never> {
  const [row] = await graph.read(migrationState, { migration });
  throw new MigrationRequestError({
    code: row === undefined ? 'migration.unknown' : `migration.${wish}.refused`,
    what: `The run cannot be ${wish}`,
    subject: migration,
    why: row === undefined ? 'there is no such run' : `it is ${row.state}`,
    remedy: 'Look at the runs with: opal migrate list',
  });
}

/** No machine goes on past the step it is in; copies that the cluster makes by itself go on. */
export async function pauseMigration(graph: Graph, migration: string): Promise<void> {
  const rows = await graph.write(pauseRun, { migration, now: now() });
  if (rows.length === 0) await refuse(graph, migration, 'paused');
}

/** Lets a paused run go on. */
export async function resumeMigration(graph: Graph, migration: string): Promise<void> {
  const rows = await graph.write(resumeRun, { migration, now: now() });
  if (rows.length === 0) await refuse(graph, migration, 'resumed');
}

/**
 * Calls off a run, or some of its machines. A machine that has not begun is cancelled at once; one
 * under way or failed is rolled back; one that is migrated stays migrated.
 */
export async function cancelMigration(
  graph: Graph,
  migration: string,
  options: CancelOptions = {},
): Promise<readonly ChangedMachine[]> {
  const { machines, keepDisks = false, stopRunningTarget = false } = options;
  const whole = machines === undefined;
  // One transaction: a run of failed machines must not end between the two.
  const changed = await graph.transaction(async (tx) => {
    const rows = await tx.run(requestCancel, { migration, whole, now: now() });
    if (rows.length === 0) return undefined;
    return tx.run(cancelMachines, {
      migration,
      machines: machines === undefined ? null : [...machines],
      keepDisks,
      stopRunningTarget,
      steps: [...rollbackItinerary],
      now: now(),
    });
  });
  if (changed === undefined) return refuse(graph, migration, 'cancelled');
  await graph.write(settleMigration, { migration, now: now() });
  return changed;
}

/** Lets failed machines try again from the step that failed; failed rollbacks go on too. */
export async function retryMigration(
  graph: Graph,
  migration: string,
  options: { readonly machines?: readonly string[] } = {},
): Promise<readonly ChangedMachine[]> {
  const changed = await graph.transaction(async (tx) => {
    const rows = await tx.run(reopenMigration, { migration, now: now() });
    if (rows.length === 0) return undefined;
    return tx.run(retryMachines, {
      migration,
      machines: options.machines === undefined ? null : [...options.machines],
      beginAgainAt: { ...beginAgainAt },
      now: now(),
    });
  });
  if (changed === undefined) return refuse(graph, migration, 'retried');
  await graph.write(settleMigration, { migration, now: now() });
  return changed;
}
