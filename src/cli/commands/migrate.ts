import type { Command } from 'commander';
import type { RegisterCommand } from '../command.js';
import type { CommandContext } from '../command-context.js';
import { requireYes } from '../confirm.js';
import { counted } from '../output/quantity.js';
import { followMigration } from './follow-migration.js';
import {
  cancelRun,
  changeRun,
  findRun,
  listRuns,
  readMachines,
  readMigration,
  startRun,
  type CancelOptions,
  type RunChange,
} from './migration-operations.js';
import { showLog, showRun, showRuns } from './migration-view.js';
import { findPlan } from './plan-operations.js';

const start = async (
  context: CommandContext,
  idOrName: string,
  options: { readonly yes?: boolean; readonly follow: boolean },
): Promise<void> => {
  const plan = await findPlan(context.api, idOrName);
  const machines = counted(plan.machineCount, 'machine');
  await requireYes(options.yes, `Migrate ${machines}? Those that run are powered off.`, {
    what: 'Nothing was started',
    subject: plan.name,
  });
  const begun = await startRun(context.api, plan.id);
  context.note(`Migration ${begun.id} has begun.`);
  if (options.follow) await followMigration(context, begun.id);
  else
    context.object(begun, [
      ['migration', begun.id],
      ['state', begun.state],
    ]);
};

const show = async (context: CommandContext, text: string): Promise<void> => {
  const { id } = await findRun(context.api, text);
  showRun(context, await readMigration(context.api, id), await readMachines(context.api, id));
};

const change = async (context: CommandContext, name: RunChange, text: string): Promise<void> => {
  const { id, planName } = await findRun(context.api, text);
  const { state } = await changeRun(context.api, name, id);
  context.note(`The run of ${planName} is ${state}.`);
};

/** What cancelling does, before a person agrees to it. */
const cancelQuestion = (
  planName: string,
  { keepDisks, stopRunningTarget }: CancelOptions,
): string => {
  const volumes = keepDisks
    ? 'volumes of the target are left'
    : 'volumes of the target are removed';
  const running = stopRunningTarget
    ? 'targets that run are removed too, with what they wrote'
    : 'targets that run are left alone';
  return `Cancel the run of ${planName}? What it made is removed, ${volumes}, ${running}; sources that it turned off are turned on again.`;
};

const cancel = async (
  context: CommandContext,
  text: string,
  { yes, ...options }: CancelOptions & { readonly yes?: boolean },
): Promise<void> => {
  const { id, planName } = await findRun(context.api, text);
  const refusal = { what: 'Nothing was cancelled', subject: planName };
  await requireYes(yes, cancelQuestion(planName, options), refusal);
  const { state } = await cancelRun(context.api, id, options);
  context.note(`The run of ${planName} is ${state}.`);
  if (state === 'cancelling') context.note(`Next: opal migrate follow ${planName}`);
};

const runText = 'a run: its id, the beginning of it, or the name of its plan (its newest run)';

const ofRun = (group: Command, name: string, description: string): Command =>
  group.command(name).description(description).argument('<run>', runText);

/** opal migrate … */
export const registerMigrate: RegisterCommand = (program, context) => {
  const group = program.command('migrate').description('runs of plans');
  group
    .command('start <plan>')
    .description('run a plan that is ready, and follow it')
    .option('--yes', 'do not ask')
    .option('--no-follow', 'return at once')
    .action((plan: string, options: { yes?: boolean; follow: boolean }) =>
      start(context(), plan, options),
    );
  group
    .command('list')
    .description('runs, newest first')
    .action(async () => {
      showRuns(context(), await listRuns(context().api));
    });
  ofRun(group, 'show', 'how a run stands, and each of its machines').action((text: string) =>
    show(context(), text),
  );
  ofRun(group, 'follow', 'show progress until the end').action(async (text: string) => {
    const { id } = await findRun(context().api, text);
    await followMigration(context(), id);
  });
  ofRun(group, 'log', 'the steps of a run, or of one machine of it, in their order')
    .argument('[machine]', 'name or id of a machine of the run')
    .action(async (text: string, machine: string | undefined) => {
      const { id } = await findRun(context().api, text);
      showLog(context(), await readMachines(context().api, id), machine);
    });
  ofRun(
    group,
    'pause',
    'let no machine begin another step; copies that the cluster makes go on',
  ).action((text: string) => change(context(), 'pauseMigration', text));
  ofRun(group, 'resume', 'let a paused run go on where it stopped').action((text: string) =>
    change(context(), 'resumeMigration', text),
  );
  ofRun(group, 'retry', 'try failed machines again where they failed').action((text: string) =>
    change(context(), 'retryMigration', text),
  );
  ofRun(
    group,
    'cancel',
    'call a run off: what was made is removed, sources are on again if they were',
  )
    .option('--yes', 'do not ask')
    .option('--keep-disks', 'leave the volumes of the target', false)
    .option('--stop-running-target', 'remove targets that run too; what they wrote is lost', false)
    .action((text: string, options: CancelOptions & { yes?: boolean }) =>
      cancel(context(), text, options),
    );
};
