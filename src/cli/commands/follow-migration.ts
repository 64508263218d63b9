import type { CommandContext } from '../command-context.js';
import { ExitCode } from '../exit-code.js';
import { noteIfInterrupted } from '../interruption.js';
import { bytes, counted } from '../output/quantity.js';
import type { Progress } from '../output/progress.js';
import { readMachines, readMigration, type Migration } from './migration-operations.js';
import { nextCommands, showMachines } from './migration-view.js';

const endStates: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled']);
const endOfMachine: ReadonlySet<string> = new Set([...endStates, 'rollbackFailed']);
const lookAgainMs = 1_000;

const ended = ({ machines }: Migration): number =>
  machines.reduce((sum, one) => sum + (endOfMachine.has(one.state) ? one.machines : 0), 0);

/** How far a run is: by its bytes where there are any to copy, else by its machines. */
export const progressOf = (migration: Migration): Progress => {
  const { planName, state, machineCount, copiedBytes, totalBytes, etaSeconds } = migration;
  const machines = `${String(ended(migration))} of ${counted(machineCount, 'machine')}`;
  const what = state === 'running' ? planName : `${planName}, ${state}`;
  const left = etaSeconds === null || etaSeconds === undefined ? {} : { etaSeconds };
  if (totalBytes === 0) {
    return { what, done: ended(migration), total: machineCount, figures: machines, ...left };
  }
  const figures = `${bytes(copiedBytes)} of ${bytes(totalBytes)}, ${machines}`;
  return { what, done: copiedBytes, total: totalBytes, figures, ...left };
};

/** Shows progress until the run has ended, then how every machine did. */
export const followMigration = async (context: CommandContext, id: string): Promise<void> => {
  const view = context.progress();
  let current = await readMigration(context.api, id);
  const goesOn = [`The run of ${current.planName} goes on in the server.`];
  const settled = noteIfInterrupted(
    ...goesOn,
    ...nextCommands({ ...current, state: 'running' }).map((command) => `  ${command}`),
  );
  try {
    while (!endStates.has(current.state)) {
      view.show(progressOf(current));
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
      current = await readMigration(context.api, id);
    }
  } finally {
    settled();
    view.end();
  }
  showMachines(context, await readMachines(context.api, id));
  context.note(`The run is ${current.state}.`);
  for (const command of nextCommands(current)) context.note(`Next: ${command}`);
  if (current.state !== 'completed') process.exitCode = ExitCode.failed;
};
