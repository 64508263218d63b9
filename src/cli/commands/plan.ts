import { z } from 'zod';
import type { RegisterCommand } from '../command.js';
import type { CommandContext } from '../command-context.js';
import { errorFields } from '../connection/api-client.js';
import { ExitCode } from '../exit-code.js';
import { counted } from '../output/quantity.js';
import { each } from './option-values.js';
import {
  map,
  set,
  unwaive,
  waive,
  type MapOptions,
  type SetOptions,
  type WhereOptions,
} from './plan-decisions.js';
import { drift } from './plan-drift.js';
import { findingsOf, showFindings } from './plan-findings.js';
import {
  machineOptions,
  optionFields,
  optionsHelp,
  planOptions,
  valuesOf,
  type PlanOption,
} from './plan-options.js';
import { changePlan, findPlan, listPlans, planFields } from './plan-operations.js';
import { showPlan } from './plan-view.js';

interface CreateOptions {
  readonly search: string;
  readonly target: string;
  readonly namespace: string;
  readonly option: readonly string[];
}

const create = async (
  context: CommandContext,
  name: string,
  { search, target, namespace, option }: CreateOptions,
): Promise<void> => {
  const plan = await changePlan(
    context.api,
    `mutation create($name: String!, $search: String!, $target: ID!, $namespace: String!, $options: JSONObject) {
      createPlanFromSearch(name: $name, search: $search, target: $target, namespace: $namespace, options: $options) {
        ${errorFields} plan { ${planFields} }
      }
    }`,
    { name, search, target, namespace, options: optionFields(option, planOptions) },
  );
  showPlan(context, plan);
};

const validate = async (context: CommandContext, idOrName: string, all: boolean): Promise<void> => {
  const { id } = await findPlan(context.api, idOrName);
  const plan = await changePlan(
    context.api,
    `mutation validate($id: ID!) { validatePlan(id: $id) { ${errorFields} plan { ${planFields} } } }`,
    { id },
  );
  showFindings(context, plan, await findingsOf(context, plan), all);
  context.note(
    `${plan.name} is ${plan.state}, with ${counted(plan.openBlockers, 'open blocker')}.`,
  );
  if (plan.openBlockers > 0) process.exitCode = ExitCode.needsDecision;
  else context.note(`Next: opal migrate start ${plan.name}`);
};

const show = async (context: CommandContext, idOrName: string, all: boolean): Promise<void> => {
  const plan = await findPlan(context.api, idOrName);
  showPlan(context, plan);
  if (context.options.output !== 'table' || plan.state === 'draft') return;
  const findings = await findingsOf(context, plan);
  if (findings.length === 0) return;
  context.print('');
  showFindings(context, plan, findings, all);
};

const options = async (context: CommandContext, idOrName: string | undefined): Promise<void> => {
  const plan = idOrName === undefined ? undefined : await findPlan(context.api, idOrName);
  const valueIn = ({ name, otherwise }: PlanOption): string => {
    const value = plan?.options[name];
    if (value === undefined) return otherwise ?? '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  context.rows(planOptions, [
    { title: 'option', cell: ({ name }) => name },
    { title: plan === undefined ? 'if left out' : 'is', cell: valueIn },
    { title: 'may be', cell: valuesOf },
    { title: 'meaning', cell: ({ meaning }) => meaning },
  ]);
};

const yaml = async (context: CommandContext, idOrName: string): Promise<void> => {
  const { id } = await findPlan(context.api, idOrName);
  const { planYaml } = await context.api.query(
    'query yaml($plan: ID!) { planYaml(plan: $plan) }',
    { plan: id },
    z.object({ planYaml: z.string() }),
  );
  context.print(planYaml.trimEnd());
};

const list = async (context: CommandContext): Promise<void> => {
  context.rows(await listPlans(context.api), [
    { title: 'name', cell: ({ name }) => name },
    { title: 'state', cell: ({ state }) => state },
    { title: 'machines', cell: ({ machineCount }) => machineCount, align: 'right' },
    { title: 'blockers', cell: ({ openBlockers }) => openBlockers, align: 'right' },
    { title: 'target', cell: ({ target }) => target },
    { title: 'namespace', cell: ({ namespace }) => namespace },
    { title: 'id', cell: ({ id }) => id },
  ]);
};

/** opal plan … */
export const registerPlan: RegisterCommand = (program, context) => {
  const group = program.command('plan').description('plans: which machines go where');
  group
    .command('create <name>')
    .description('freeze what a search finds now into a plan, with proposals for everything')
    .requiredOption(
      '--search <search>',
      "for instance: vms where readiness = 'ready' and folder.name = 'web'",
    )
    .requiredOption('--target <source>', 'id of the target cluster among the sources')
    .requiredOption('--namespace <namespace>', 'namespace of the target')
    .option(
      '--option <name=value>',
      'option of the plan, such as powerState=on; may be repeated',
      each,
      [],
    )
    .addHelpText('after', optionsHelp('Options of a plan', planOptions))
    .action((name: string, given: CreateOptions) => create(context(), name, given));
  group
    .command('list')
    .description('all plans')
    .action(() => list(context()));
  group
    .command('show <plan>')
    .description('a plan with its mappings and what was found, by id or name')
    .option('--all', 'every finding on a row of its own', false)
    .action((plan: string, { all }: { all: boolean }) => show(context(), plan, all));
  group
    .command('map <plan>')
    .description('say where a network or a datastore goes')
    .option('--network <name>', 'source network, by name or id')
    .option('--datastore <name>', 'datastore, by name or id')
    .requiredOption(
      '--to <destination>',
      'namespace/name of a network attachment, pod or ignored; or a storage class',
    )
    .action((plan: string, given: MapOptions) => map(context(), plan, given));
  group
    .command('options [plan]')
    .description('the options of plans, or how they are set in one')
    .action((plan: string | undefined) => options(context(), plan));
  group
    .command('set <plan>')
    .description('change options or the name of a plan, or what is decided for one machine of it')
    .option('--option <name=value>', 'option to set; may be repeated', each, [])
    .option('--name <name>', 'new name of the plan')
    .option('--machine <machine>', 'set options of this machine alone, by id or name')
    .option('--target-name <name>', 'name of the machine on the target; with --machine')
    .addHelpText('after', optionsHelp('Options of a plan', planOptions))
    .addHelpText('after', optionsHelp('Options of one machine', machineOptions))
    .action((plan: string, given: SetOptions) => set(context(), plan, given));
  group
    .command('validate <plan>')
    .description('check a plan, with a dry run on the target')
    .option('--all', 'every finding on a row of its own', false)
    .action((plan: string, { all }: { all: boolean }) => validate(context(), plan, all));
  group
    .command('waive <plan> <check>')
    .description('answer for a finding')
    .requiredOption('--reason <reason>', 'why it is acceptable, in 3 letters at least')
    .option('--machine <machine>', 'machine it was found on; may be repeated', each, [])
    .option('--all-machines', 'every machine it was found on')
    .action((plan: string, check: string, given: WhereOptions & { reason: string }) =>
      waive(context(), plan, check, given),
    );
  group
    .command('unwaive <plan> <check>')
    .description('take waivers of a finding back')
    .option('--machine <machine>', 'machine it was waived for; may be repeated', each, [])
    .option('--all-machines', 'everywhere it was waived')
    .action((plan: string, check: string, given: WhereOptions) =>
      unwaive(context(), plan, check, given),
    );
  group
    .command('drift <plan>')
    .description('what has changed in the inventory since')
    .action((plan: string) => drift(context(), plan));
  group
    .command('yaml <plan>')
    .description('everything the plan would make')
    .action((plan: string) => yaml(context(), plan));
  group
    .command('delete <plan>')
    .description('remove a plan that does not run')
    .action(async (idOrName: string) => {
      const { id, name } = await findPlan(context().api, idOrName);
      await context().api.mutate(
        `mutation delete($id: ID!) { deletePlan(id: $id) { ${errorFields} id } }`,
        { id },
        z.unknown(),
      );
      context().note(`${name} is removed.`);
    });
};
