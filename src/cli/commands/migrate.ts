import { z } from 'zod';
import { CliError } from '../cli-error.js';
import type { RegisterCommand } from '../command.js';
import type { CommandContext } from '../command-context.js';
import { confirmed } from '../confirm.js';
import { errorFields } from '../connection/api-client.js';
import { ExitCode } from '../exit-code.js';
import { age, bytes, duration } from '../output/quantity.js';
import { findPlan } from './plan-operations.js';

const migration = z.object({
  id: z.string(),
  planName: z.string(),
  state: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  machines: z.array(z.object({ state: z.string(), machines: z.number() })),
  machineCount: z.number(),
  copiedBytes: z.number(),
  totalBytes: z.number(),
  etaSeconds: z.number().nullish(),
});
type Migration = z.output<typeof migration>;

const fields =
  'id planName state createdBy createdAt machines { state machines } machineCount copiedBytes totalBytes etaSeconds';

const payload = z.object({ migration });

const machine = z.object({
  id: z.string(),
  name: z.string(),
  targetName: z.string(),
  namespace: z.string(),
  state: z.string(),
  step: z.string().nullish(),
  copiedBytes: z.number(),
  totalBytes: z.number(),
  etaSeconds: z.number().nullish(),
  error: z.object({ what: z.string(), why: z.string(), remedy: z.string() }).nullish(),
  steps: z.array(z.object({ name: z.string(), state: z.string(), outcome: z.string().nullish() })),
});
type Machine = z.output<typeof machine>;

/** Why a machine is where it is: what stopped it, or what its step waits for. */
const remark = ({ error, steps, step }: Machine): string => {
  if (error) return `${error.what}: ${error.why}. ${error.remedy}`;
  const current = steps.find(({ name, state }) => name === step && state === 'waiting');
  return current?.outcome ?? '';
};

const read = async ({ api }: CommandContext, id: string): Promise<Migration> =>
  (
    await api.query(
      `query migration($id: ID!) { migration(id: $id) { ${fields} } }`,
      { id },
      z.object({ migration }),
    )
  ).migration;

const machinesOf = async ({ api }: CommandContext, id: string) =>
  (
    await api.query(
      `query machines($id: ID!) {
        migratingVirtualMachines(migration: $id, first: 1000) {
          id name targetName namespace state step copiedBytes totalBytes etaSeconds error { what why remedy }
          steps { name state outcome }
        }
      }`,
      { id },
      z.object({ migratingVirtualMachines: z.array(machine) }),
    )
  ).migratingVirtualMachines;

const show = async (context: CommandContext, id: string): Promise<void> => {
  const machines = await machinesOf(context, id);
  context.rows(machines, [
    { title: 'machine', cell: ({ name }) => name },
    { title: 'state', cell: ({ state }) => state },
    { title: 'step', cell: ({ step }) => step },
    {
      title: 'copied',
      cell: ({ copiedBytes, totalBytes }) => `${bytes(copiedBytes)} of ${bytes(totalBytes)}`,
    },
    { title: 'left', cell: ({ etaSeconds }) => duration(etaSeconds) },
    { title: 'target', cell: ({ namespace, targetName }) => `${namespace}/${targetName}` },
    { title: 'remark', cell: remark },
  ]);
};

const ended: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled']);
const lookAgainMs = 1_000;

const done = ({ machines }: Migration): number =>
  machines.reduce((sum, { state, machines: count }) => sum + (ended.has(state) ? count : 0), 0);

/** Shows progress until the run has ended. */
const follow = async (context: CommandContext, id: string): Promise<void> => {
  const view = context.progress();
  let current = await read(context, id);
  while (!ended.has(current.state)) {
    const { totalBytes, copiedBytes, etaSeconds } = current;
    const left = etaSeconds === null || etaSeconds === undefined ? {} : { etaSeconds };
    const copied = totalBytes === 0 ? '' : `, ${bytes(copiedBytes)} of ${bytes(totalBytes)}`;
    view.show({
      what: `${current.planName}${copied}`,
      done: done(current),
      total: current.machineCount,
      ...left,
    });
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    current = await read(context, id);
  }
  view.end();
  await show(context, id);
  context.note(`The run is ${current.state}.`);
  if (current.state !== 'completed') process.exitCode = ExitCode.failed;
};

const start = async (
  context: CommandContext,
  idOrName: string,
  options: { readonly yes?: boolean; readonly follow: boolean },
): Promise<void> => {
  const plan = await findPlan(context.api, idOrName);
  const question = `Migrate ${String(plan.machineCount)} machines? Those that run are powered off.`;
  if (options.yes !== true && !(await confirmed(question))) {
    const facts = { what: 'Nothing was started', subject: plan.name, why: 'nobody confirmed it' };
    throw new CliError({ ...facts, remedy: 'Say --yes.' }, ExitCode.needsDecision);
  }
  const { migration: begun } = await context.api.mutate(
    `mutation start($plan: ID!) { startMigration(plan: $plan) { ${errorFields} migration { ${fields} } } }`,
    { plan: plan.id },
    payload,
  );
  context.note(`Migration ${begun.id} has begun.`);
  if (options.follow) await follow(context, begun.id);
  else
    context.object(begun, [
      ['migration', begun.id],
      ['state', begun.state],
    ]);
};

const list = async (context: CommandContext): Promise<void> => {
  const { migrations } = await context.api.query(
    'query migrations { migrations(first: 100) { id planName state createdBy createdAt } }',
    {},
    z.object({
      migrations: z.array(
        migration.pick({ id: true, planName: true, state: true, createdBy: true, createdAt: true }),
      ),
    }),
  );
  context.rows(migrations, [
    { title: 'id', cell: ({ id }) => id },
    { title: 'plan', cell: ({ planName }) => planName },
    { title: 'state', cell: ({ state }) => state },
    { title: 'by', cell: ({ createdBy }) => createdBy },
    { title: 'begun', cell: ({ createdAt }) => age(createdAt) },
  ]);
};

const change = async (
  context: CommandContext,
  name: 'pauseMigration' | 'resumeMigration' | 'retryMigration',
  id: string,
): Promise<void> => {
  const { migration: changed } = await context.api.mutate(
    `mutation change($id: ID!) { ${name}(id: $id) { ${errorFields} migration { ${fields} } } }`,
    { id },
    payload,
  );
  context.note(`The run is ${changed.state}.`);
};

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
    .action(() => list(context()));
  group
    .command('show <migration>')
    .description('machines of a run')
    .action((id: string) => show(context(), id));
  group
    .command('follow <migration>')
    .description('show progress until the end')
    .action((id: string) => follow(context(), id));
  group
    .command('pause <migration>')
    .action((id: string) => change(context(), 'pauseMigration', id));
  group
    .command('resume <migration>')
    .action((id: string) => change(context(), 'resumeMigration', id));
  group
    .command('retry <migration>')
    .description('try failed machines again where they failed')
    .action((id: string) => change(context(), 'retryMigration', id));
  group
    .command('cancel <migration>')
    .description('call a run off: what was made is removed, sources are on again if they were')
    .option('--keep-disks', 'leave the volumes of the target', false)
    .option('--stop-running-target', 'remove targets that run too; what they wrote is lost', false)
    .action(async (id: string, options: { keepDisks: boolean; stopRunningTarget: boolean }) => {
      const { migration: cancelled } = await context().api.mutate(
        `mutation cancel($id: ID!, $keepDisks: Boolean!, $stopRunningTarget: Boolean!) {
          cancelMigration(id: $id, keepDisks: $keepDisks, stopRunningTarget: $stopRunningTarget) {
            ${errorFields} migration { ${fields} }
          }
        }`,
        { id, ...options },
        payload,
      );
      context().note(`The run is ${cancelled.state}.`);
    });
};
