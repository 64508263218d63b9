import { z } from 'zod';
import { CliError } from '../cli-error.js';
import type { RegisterCommand } from '../command.js';
import type { CommandContext } from '../command-context.js';
import { errorFields } from '../connection/api-client.js';
import { ExitCode } from '../exit-code.js';
import { findMachineId } from './find-machine.js';
import { each } from './option-values.js';
import {
  changePlan,
  findPlan,
  listPlans,
  planFields,
  plannedMachines,
  type Finding,
  type Plan,
} from './plan-operations.js';
import { showPlan, summary } from './plan-view.js';

interface CreateOptions {
  readonly search: string;
  readonly target: string;
  readonly namespace: string;
  readonly option: readonly string[];
}

/** `powerState=on` as a field; true, false and numbers are taken as such. */
const optionFields = (given: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    given.map((text) => {
      const place = text.indexOf('=');
      if (place < 1) {
        const facts = { what: 'The option has no value', subject: text, why: 'there is no =' };
        throw new CliError({ ...facts, remedy: 'Write it as name=value.' }, ExitCode.usage);
      }
      const value = text.slice(place + 1);
      const parsed: unknown = /^(?:true|false|\d+)$/.test(value) ? JSON.parse(value) : value;
      return [text.slice(0, place), parsed];
    }),
  );

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
    { name, search, target, namespace, options: optionFields(option) },
  );
  showPlan(context, plan);
};

const findingsOf = async (context: CommandContext, plan: Plan): Promise<readonly Finding[]> => {
  const findings = [...plan.findings];
  for await (const machine of plannedMachines(context.api, plan.id)) {
    findings.push(...machine.findings);
  }
  const rank = ['blocker', 'warning', 'information'];
  return findings.sort((a, b) => rank.indexOf(a.severity) - rank.indexOf(b.severity));
};

const validate = async (context: CommandContext, idOrName: string): Promise<void> => {
  const { id } = await findPlan(context.api, idOrName);
  const plan = await changePlan(
    context.api,
    `mutation validate($id: ID!) { validatePlan(id: $id) { ${errorFields} plan { ${planFields} } } }`,
    { id },
  );
  context.rows(await findingsOf(context, plan), [
    { title: 'severity', cell: ({ severity }) => severity },
    { title: 'check', cell: (one) => one.id },
    { title: 'on', cell: ({ subject }) => subject.name },
    { title: 'what', cell: ({ what, why }) => `${what}: ${why}` },
    { title: 'what to do', cell: ({ remedy }) => remedy },
  ]);
  context.note(`${plan.name} is ${plan.state}, with ${String(plan.openBlockers)} open blockers.`);
  if (plan.openBlockers > 0) process.exitCode = ExitCode.needsDecision;
  else context.note(`Next: opal migrate start ${plan.name}`);
};

const map = async (
  context: CommandContext,
  idOrName: string,
  options: { readonly network?: string; readonly datastore?: string; readonly to: string },
): Promise<void> => {
  const plan = await findPlan(context.api, idOrName);
  const { network, datastore, to } = options;
  if ((network === undefined) === (datastore === undefined)) {
    const facts = {
      what: 'It is not said what to map',
      subject: plan.name,
      why: 'exactly one is needed',
    };
    throw new CliError({ ...facts, remedy: 'Name --network or --datastore.' }, ExitCode.usage);
  }
  const sources: readonly { readonly source: string; readonly sourceName: string }[] =
    network === undefined ? plan.storage : plan.networks;
  const wanted = network ?? datastore;
  const source =
    sources.find((one) => one.source === wanted || one.sourceName === wanted)?.source ?? wanted;
  const [namespace = '', name] = to.split('/');
  const toNetwork = name === undefined ? { type: to } : { type: 'multus', namespace, name };
  const changed = await changePlan(
    context.api,
    network === undefined
      ? `mutation map($plan: ID!, $source: ID!, $to: StorageTargetInput) {
          updateStorageMapping(plan: $plan, source: $source, destination: $to) { ${errorFields} plan { ${planFields} } }
        }`
      : `mutation map($plan: ID!, $source: ID!, $to: NetworkTargetInput) {
          updateNetworkMapping(plan: $plan, source: $source, destination: $to) { ${errorFields} plan { ${planFields} } }
        }`,
    { plan: plan.id, source, to: network === undefined ? { storageClass: to } : toNetwork },
  );
  showPlan(context, changed);
};

const waive = async (
  context: CommandContext,
  idOrName: string,
  finding: string,
  options: { readonly reason: string; readonly machine?: string },
): Promise<void> => {
  const plan = await findPlan(context.api, idOrName);
  const machine =
    options.machine === undefined ? null : await findMachineId(context.api, options.machine);
  const changed = await changePlan(
    context.api,
    `mutation waive($plan: ID!, $finding: String!, $reason: String!, $machine: ID) {
      waiveFinding(plan: $plan, finding: $finding, reason: $reason, virtualMachine: $machine) {
        ${errorFields} plan { ${planFields} }
      }
    }`,
    { plan: plan.id, finding, reason: options.reason, machine },
  );
  summary(context, changed);
};

const drift = async (context: CommandContext, idOrName: string): Promise<void> => {
  const plan = await findPlan(context.api, idOrName);
  const { planDrift } = await context.api.query(
    `query drift($plan: ID!) {
      planDrift(plan: $plan) {
        gone { name } changed { name changes { field was is } } newMatches noLongerMatching unchanged
      }
    }`,
    { plan: plan.id },
    z.object({
      planDrift: z.object({
        gone: z.array(z.object({ name: z.string() })),
        changed: z.array(
          z.object({
            name: z.string(),
            changes: z.array(z.object({ field: z.string(), was: z.unknown(), is: z.unknown() })),
          }),
        ),
        newMatches: z.array(z.string()),
        noLongerMatching: z.array(z.string()),
        unchanged: z.number(),
      }),
    }),
  );
  const rows = [
    ...planDrift.gone.map(({ name }) => ({ what: 'gone', on: name, change: '' })),
    ...planDrift.changed.flatMap(({ name, changes }) =>
      changes.map(({ field, was, is }) => ({
        what: 'changed',
        on: name,
        change: `${field}: ${JSON.stringify(was)} is ${JSON.stringify(is)} now`,
      })),
    ),
    ...planDrift.newMatches.map((id) => ({ what: 'new match', on: id, change: '' })),
    ...planDrift.noLongerMatching.map((id) => ({ what: 'no longer matches', on: id, change: '' })),
  ];
  context.rows(rows, [
    { title: 'what', cell: ({ what }) => what },
    { title: 'on', cell: ({ on }) => on },
    { title: 'change', cell: ({ change }) => change },
  ]);
  context.note(`${String(planDrift.unchanged)} machines are as they were.`);
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
    { title: 'id', cell: ({ id }) => id },
    { title: 'name', cell: ({ name }) => name },
    { title: 'state', cell: ({ state }) => state },
    { title: 'machines', cell: ({ machineCount }) => machineCount, align: 'right' },
    { title: 'blockers', cell: ({ openBlockers }) => openBlockers, align: 'right' },
    { title: 'target', cell: ({ target }) => target },
    { title: 'namespace', cell: ({ namespace }) => namespace },
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
    .action((name: string, options: CreateOptions) => create(context(), name, options));
  group
    .command('list')
    .description('all plans')
    .action(() => list(context()));
  group
    .command('show <plan>')
    .description('a plan with its mappings, by id or name')
    .action(async (idOrName: string) => {
      const plan = await findPlan(context().api, idOrName);
      showPlan(context(), plan);
    });
  group
    .command('map <plan>')
    .description('say where a network or a datastore goes')
    .option('--network <name>', 'source network, by name or id')
    .option('--datastore <name>', 'datastore, by name or id')
    .requiredOption(
      '--to <destination>',
      'namespace/name of a network attachment, pod or ignored; or a storage class',
    )
    .action((plan: string, options: { network?: string; datastore?: string; to: string }) =>
      map(context(), plan, options),
    );
  group
    .command('validate <plan>')
    .description('check a plan, with a dry run on the target')
    .action((plan: string) => validate(context(), plan));
  group
    .command('waive <plan> <check>')
    .description('answer for a finding')
    .requiredOption('--reason <reason>', 'why it is acceptable')
    .option('--machine <machine>', 'the machine it is about, by id or name')
    .action((plan: string, check: string, options: { reason: string; machine?: string }) =>
      waive(context(), plan, check, options),
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
