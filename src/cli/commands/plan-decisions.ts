import { CliError } from '../cli-error.js';
import type { CommandContext } from '../command-context.js';
import { errorFields } from '../connection/api-client.js';
import { ExitCode } from '../exit-code.js';
import { nearestName } from '../../search/nearest-name.js';
import { counted } from '../output/quantity.js';
import { findMachineId } from './find-machine.js';
import { findingsOf, type OpenFinding } from './plan-findings.js';
import { machineOptions, optionFields, planOptions } from './plan-options.js';
import { changePlan, findPlan, planFields, type Plan } from './plan-operations.js';
import { showPlan, summary } from './plan-view.js';

const payload = `{ ${errorFields} plan { ${planFields} } }`;

const usage = (what: string, subject: string, why: string, remedy: string): CliError =>
  new CliError({ code: 'cli.plan.usage', what, subject, why, remedy }, ExitCode.usage);

interface NetworkDestination {
  readonly type: 'pod' | 'ignored' | 'multus';
  readonly namespace?: string;
  readonly name?: string;
}

/** Where a network goes, in one of the three forms that a person writes it in. */
export const networkDestination = (to: string, plan: Plan): NetworkDestination => {
  if (to === 'pod' || to === 'ignored') return { type: to };
  const [namespace, name, ...rest] = to.split('/');
  if (namespace && name && rest.length === 0) return { type: 'multus', namespace, name };
  const attachments = plan.networks.flatMap(({ destination, alternatives }) =>
    [destination, ...alternatives.map((one) => one.destination)].flatMap((one) =>
      one?.type === 'multus' ? [`${one.namespace ?? ''}/${one.name ?? ''}`] : [],
    ),
  );
  const meant =
    attachments.find((one) => one.endsWith(`/${to}`)) ?? nearestName(to, ['pod', 'ignored']);
  throw usage(
    'There is no such destination for a network',
    to,
    'it is pod (the network of the Pods), ignored (no adapter), or namespace/name of a NetworkAttachmentDefinition',
    meant === undefined ? 'Give --to in one of these forms.' : `Did you mean ${meant}?`,
  );
};

/** The id of a source network or datastore of the plan, by its name or id. */
const mappedSource = (
  sources: readonly { readonly source: string; readonly sourceName: string }[],
  wanted: string,
): string => {
  const named = sources.filter((one) => one.source === wanted || one.sourceName === wanted);
  const [only, other] = named;
  if (only !== undefined && other === undefined) return only.source;
  const names = sources.map(({ sourceName }) => sourceName);
  throw new CliError(
    {
      what: only === undefined ? 'The plan maps nothing of this name' : 'Several have this name',
      subject: wanted,
      why: `it maps ${names.length === 0 ? 'none of this kind' : names.join(', ')}`,
      remedy: only === undefined ? 'Name one of these.' : 'Give the id that opal plan show prints.',
    },
    ExitCode.notFound,
  );
};

export interface MapOptions {
  readonly network?: string;
  readonly datastore?: string;
  readonly to: string;
}

export const map = async (
  context: CommandContext,
  idOrName: string,
  { network, datastore, to }: MapOptions,
): Promise<void> => {
  if ((network === undefined) === (datastore === undefined)) {
    const why = 'exactly one of --network and --datastore is needed';
    throw usage('It is not said what to map', idOrName, why, 'Name one of them.');
  }
  const plan = await findPlan(context.api, idOrName);
  const changed =
    network === undefined
      ? await changePlan(
          context.api,
          `mutation map($plan: ID!, $source: ID!, $to: StorageTargetInput) {
            updateStorageMapping(plan: $plan, source: $source, destination: $to) ${payload}
          }`,
          {
            plan: plan.id,
            source: mappedSource(plan.storage, datastore ?? ''),
            to: { storageClass: to },
          },
        )
      : await changePlan(
          context.api,
          `mutation map($plan: ID!, $source: ID!, $to: NetworkTargetInput) {
            updateNetworkMapping(plan: $plan, source: $source, destination: $to) ${payload}
          }`,
          {
            plan: plan.id,
            source: mappedSource(plan.networks, network),
            to: networkDestination(to, plan),
          },
        );
  showPlan(context, changed);
};

export interface WhereOptions {
  readonly machine: readonly string[];
  readonly allMachines?: boolean;
}

/** The machines that a finding is to be answered for on; null is the plan as a whole. */
const placesOf = async (
  context: CommandContext,
  check: string,
  findings: readonly OpenFinding[],
  { machine, allMachines }: WhereOptions,
): Promise<readonly (string | null)[]> => {
  if (machine.length > 0) {
    return Promise.all(machine.map((one) => findMachineId(context.api, one)));
  }
  const found = findings.filter(({ id }) => id === check);
  const onMachines = found.filter((one) => one.machine !== null);
  if (allMachines === true && onMachines.length > 0) {
    return [...new Set(onMachines.map((one) => one.machine))];
  }
  if (onMachines.length === 0 || found.length > onMachines.length) return [null];
  const names = [...new Set(onMachines.map(({ subject }) => subject.name))].slice(0, 3).join(', ');
  throw usage(
    'It is not said for which machine',
    check,
    `it was found on ${counted(onMachines.length, 'machine')}, such as ${names}`,
    'Name them with --machine, which may be repeated, or say --all-machines.',
  );
};

const leastReason = 3;

export const waive = async (
  context: CommandContext,
  idOrName: string,
  check: string,
  options: WhereOptions & { readonly reason: string },
): Promise<void> => {
  if (options.reason.trim().length < leastReason) {
    const why = `the reason has fewer than ${String(leastReason)} letters`;
    const remedy = 'Say in --reason why it is acceptable, for whoever reads it later.';
    throw usage('The finding cannot be waived', check, why, remedy);
  }
  let plan = await findPlan(context.api, idOrName);
  const places = await placesOf(context, check, await findingsOf(context, plan), options);
  for (const machine of places) {
    plan = await changePlan(
      context.api,
      `mutation waive($plan: ID!, $finding: String!, $reason: String!, $machine: ID) {
        waiveFinding(plan: $plan, finding: $finding, reason: $reason, virtualMachine: $machine) ${payload}
      }`,
      { plan: plan.id, finding: check, reason: options.reason, machine },
    );
  }
  summary(context, plan);
};

export const unwaive = async (
  context: CommandContext,
  idOrName: string,
  check: string,
  { machine, allMachines }: WhereOptions,
): Promise<void> => {
  let plan = await findPlan(context.api, idOrName);
  const named = await Promise.all(machine.map((one) => findMachineId(context.api, one)));
  const waived = plan.waivers.filter(
    (one) =>
      one.finding === check &&
      (allMachines === true || (named.length === 0 ? true : named.includes(one.machine ?? ''))),
  );
  const severalMeant = allMachines === true || machine.length > 0;
  if (waived.length > 1 && !severalMeant) {
    const why = `it is waived ${counted(waived.length, 'time')}`;
    const remedy = 'Name --machine, which may be repeated, or say --all-machines.';
    throw usage('It is not said which waiver to take back', check, why, remedy);
  }
  if (waived.length === 0) {
    const facts = { subject: check, why: 'nobody answers for it there' };
    throw new CliError(
      { what: 'There is no such waiver', ...facts, remedy: `See: opal plan show ${plan.name}` },
      ExitCode.notFound,
    );
  }
  for (const one of waived) {
    plan = await changePlan(
      context.api,
      `mutation unwaive($plan: ID!, $finding: String!, $machine: ID) {
        revokeWaiver(plan: $plan, finding: $finding, virtualMachine: $machine) ${payload}
      }`,
      { plan: plan.id, finding: check, machine: one.machine },
    );
  }
  summary(context, plan);
};

export interface SetOptions {
  readonly machine?: string;
  readonly option: readonly string[];
  readonly name?: string;
  readonly targetName?: string;
}

export const set = async (
  context: CommandContext,
  idOrName: string,
  { machine, option, name, targetName }: SetOptions,
): Promise<void> => {
  const given = targetName === undefined ? option : [...option, `targetName=${targetName}`];
  if (machine === undefined && targetName !== undefined) {
    const why = '--target-name is the name of one machine';
    throw usage('It is not said for which machine', idOrName, why, 'Name it with --machine.');
  }
  if (given.length === 0 && name === undefined) {
    const remedy = 'Give --option name=value, --name, or --machine with --target-name.';
    throw usage('There is nothing to set', idOrName, 'no option was given', remedy);
  }
  const fields = optionFields(given, machine === undefined ? planOptions : machineOptions);
  let plan = await findPlan(context.api, idOrName);
  if (machine !== undefined) {
    plan = await changePlan(
      context.api,
      `mutation set($plan: ID!, $machine: ID!, $changes: JSONObject!) {
        updatePlannedVirtualMachine(plan: $plan, virtualMachine: $machine, changes: $changes) ${payload}
      }`,
      { plan: plan.id, machine: await findMachineId(context.api, machine), changes: fields },
    );
  }
  if (machine === undefined || name !== undefined) {
    plan = await changePlan(
      context.api,
      `mutation set($plan: ID!, $name: String, $options: JSONObject) {
        updatePlan(id: $plan, name: $name, options: $options) ${payload}
      }`,
      { plan: plan.id, name: name ?? null, options: machine === undefined ? fields : null },
    );
  }
  showPlan(context, plan);
};
