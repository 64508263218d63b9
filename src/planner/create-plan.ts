import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SourceRegistry } from '../collectors/sources/index.js';
import type { Graph } from '../graph/index.js';
import {
  compileSearch,
  printSearch,
  searchVersion,
  type Filter,
  type Search,
} from '../search/index.js';
import { chooseForMachine } from './choice/choose.js';
import { proposeMappings } from './mapping/propose.js';
import { machineKey } from './names/object-names.js';
import { chooseNames } from './names/target-name.js';
import { PlanError } from './planner-error.js';
import { planOptions, type PlanOptions, type PlanOptionsInput } from './record/options.js';
import type { Plan, PlannedMachine, PlanSource } from './record/plan.js';
import { claimName } from './record/claim-name.js';
import { createPlanQuery, planSourcesQuery } from './record/plan-queries.js';
import { findPlan, keepMachines } from './record/plans.js';
import type { MachineFacts } from './source/machine-facts.js';
import { readMachines } from './source/read-machines.js';
import { readVlans } from './source/read-vlans.js';
import type { TargetFacts } from './target/target-facts.js';
import { namesInUse, readTarget } from './target/read-target.js';

/** Machines that one plan may hold. Larger waves are several plans. */
export const largestPlan = 2000;

export interface PlanRequest {
  readonly name: string;
  readonly description?: string;
  readonly search: Search;
  /** Id of the source that stands for the target cluster. */
  readonly target: string;
  readonly namespace: string;
  readonly options?: PlanOptionsInput;
}

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/u;

const request = z.object({
  name: z.string().trim().min(1, 'the name is empty').max(200, 'the name has over 200 letters'),
  description: z.string().max(10_000).default(''),
  target: z.string().min(1),
  namespace: z.string().regex(dnsLabel, 'the namespace is not a name that Kubernetes allows'),
  options: planOptions.default(() => planOptions.parse({})),
});

const refuse = (subject: string, why: string, remedy: string): PlanError =>
  new PlanError({
    code: 'plan.request-not-valid',
    what: 'The plan cannot be made',
    subject,
    why,
    remedy,
  });

function parseRequest(input: PlanRequest): z.output<typeof request> {
  const result = request.safeParse({
    name: input.name,
    description: input.description,
    target: input.target,
    namespace: input.namespace,
    options: input.options,
  });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw refuse(
    issue?.path.join('.') ?? input.name,
    issue?.message ?? 'it is not complete',
    'Correct the field and try again.',
  );
}

const foundMachine = z.object({ id: z.string() });

/**
 * A search without the machines of target clusters: those that were migrated bear the names of
 * their sources, and no plan can take them for sources.
 */
async function amongSources(graph: Graph, search: Search): Promise<Search> {
  const sources = await new SourceRegistry(graph).list();
  const values = sources.filter(({ kind }) => kind === 'kubevirt').map(({ id }) => id);
  if (values.length === 0) return search;
  const elsewhere: Filter = { type: 'not', filter: { type: 'oneOf', path: ['source'], values } };
  const { filter } = search;
  const given = filter?.type === 'and' ? filter.filters : filter === undefined ? [] : [filter];
  return { ...search, filter: { type: 'and', filters: [...given, elsewhere] } };
}

/** Ids of the machines that a search finds now and that a plan can take, in its order. */
export async function findMachineIds(graph: Graph, search: Search): Promise<readonly string[]> {
  if (search.kind !== 'VirtualMachine') {
    throw refuse(search.kind, 'only virtual machines can be migrated', 'Begin with `vms where …`.');
  }
  const compiled = compileSearch(await amongSources(graph, search), { limit: largestPlan + 1 });
  const rows = await graph.readCompiled(compiled);
  return rows.map((row) => foundMachine.parse(row).id);
}

async function idsForPlan(graph: Graph, search: Search): Promise<readonly string[]> {
  const ids = await findMachineIds(graph, search);
  const text = printSearch(search);
  if (ids.length === 0) {
    throw refuse(text, 'the search finds no machine of a source', 'Widen the search.');
  }
  if (ids.length > largestPlan) {
    const why = `the search finds more than ${largestPlan} machines`;
    throw refuse(text, why, 'Narrow the search, or split it into several plans.');
  }
  return ids;
}

async function sourcesOf(graph: Graph, machines: readonly MachineFacts[]): Promise<PlanSource[]> {
  const ids = [...new Set(machines.map(({ source }) => source))];
  return (await graph.read(planSourcesQuery, { ids })).map(({ source }) => source);
}

interface Draft {
  readonly id: string;
  readonly namespace: string;
  readonly options: PlanOptions;
  readonly target: TargetFacts;
  readonly taken: ReadonlyMap<string, string>;
}

function planMachines(draft: Draft, machines: readonly MachineFacts[]): PlannedMachine[] {
  const names = chooseNames(machines, draft.taken);
  return machines.map((facts, position) => {
    const name = names.get(facts.id) ?? { name: facts.name, reasons: [] };
    const choices = chooseForMachine(facts, name, draft.options, draft.target);
    return {
      id: `${draft.id}/${machineKey(facts.id)}`,
      plan: draft.id,
      entity: facts.id,
      name: facts.name,
      targetName: choices.targetName,
      namespace: draft.namespace,
      position,
      facts,
      choices,
      findings: [],
    };
  });
}

/**
 * Makes a plan of the machines that a search finds now. They are frozen: what changes later shows
 * as drift. Mappings, names and choices are proposed and can be edited.
 *
 * @param by who asks, for the record.
 * @throws PlanError where the search finds no machine or too many, the name is taken, or the target
 *   is not known.
 */
export async function createPlanFromSearch(
  graph: Graph,
  input: PlanRequest,
  by: string,
): Promise<Plan> {
  const { name, description, target: targetId, namespace, options } = parseRequest(input);
  const ids = await idsForPlan(graph, input.search);
  const id = randomUUID();
  // None of these needs another, and a server that has just started compiles each at its first call.
  const [target, machines, taken] = await Promise.all([
    readTarget(graph, targetId, namespace),
    readMachines(graph, ids),
    namesInUse(graph, { target: targetId, namespace, plan: id }),
  ]);
  const vlans = await readVlans(graph, machines);
  const { networks, storage } = proposeMappings(machines, vlans, target, namespace);
  const planned = planMachines({ id, namespace, options, target, taken }, machines);
  const sources = await sourcesOf(graph, machines);
  await graph.transaction(async (transaction) => {
    await claimName(transaction, id, name);
    await transaction.run(createPlanQuery, {
      id,
      name,
      description,
      target: targetId,
      namespace,
      search: JSON.stringify(input.search),
      searchText: printSearch(input.search),
      searchVersion,
      options: JSON.stringify(options),
      networks: JSON.stringify(networks),
      storage: JSON.stringify(storage),
      sources: JSON.stringify(sources),
      at: new Date().toISOString(),
      by,
    });
    await keepMachines(transaction, id, planned, []);
  });
  return findPlan(graph, id);
}
