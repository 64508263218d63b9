import type { Graph } from '../graph/index.js';
import type { Search } from '../search/index.js';
import { findMachineIds } from './create-plan.js';
import { allPlannedMachines, findPlan } from './record/plans.js';
import type { MachineFacts } from './source/machine-facts.js';
import { readMachines } from './source/read-machines.js';

/** One value that is no longer what it was when the plan was made. */
export interface ChangedFact {
  /** For instance `memoryMB` or `disks.Hard disk 1.capacityBytes`. */
  readonly field: string;
  readonly was: unknown;
  readonly is: unknown;
}

export interface ChangedMachine {
  readonly id: string;
  readonly name: string;
  readonly changes: readonly ChangedFact[];
}

/** What has changed in the inventory since the plan was made. */
export interface PlanDrift {
  readonly plan: string;
  /** Machines of the plan that are no longer in the inventory. */
  readonly gone: readonly { readonly id: string; readonly name: string }[];
  readonly changed: readonly ChangedMachine[];
  /** Machines that the plan's search finds now and that are not in the plan. */
  readonly newMatches: readonly string[];
  /** Machines of the plan that its search no longer finds. */
  readonly noLongerMatching: readonly string[];
  readonly unchanged: number;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parts are told apart by what stays when they are changed: their id, else all they say. */
function keyed(list: readonly unknown[]): Fields {
  return Object.fromEntries(
    list.map((item) => {
      if (!isFields(item)) return [JSON.stringify(item), item];
      const { id, name } = item;
      if (typeof id !== 'string') return [JSON.stringify(item), item];
      const key = typeof name === 'string' ? `${name} (${id})` : id;
      return [key, item];
    }),
  );
}

const isEqual = (one: unknown, other: unknown): boolean =>
  (one ?? null) === (other ?? null) || JSON.stringify(one) === JSON.stringify(other);

function compare(was: unknown, is: unknown, field: string): ChangedFact[] {
  if (isEqual(was, is)) return [];
  if (Array.isArray(was) && Array.isArray(is)) return compare(keyed(was), keyed(is), field);
  if (!isFields(was) || !isFields(is)) return [{ field, was: was ?? null, is: is ?? null }];
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...names].flatMap((name) =>
    compare(was[name], is[name], field === '' ? name : `${field}.${name}`),
  );
}

/** Facts that were kept and are otherwise now. */
export const changedFacts = (was: MachineFacts, is: MachineFacts): ChangedFact[] =>
  compare(was, is, '');

/** Says what has changed since the plan was made, in the inventory and in what its search finds. */
export async function planDrift(graph: Graph, id: string): Promise<PlanDrift> {
  const plan = await findPlan(graph, id);
  const machines = await allPlannedMachines(graph, id);
  const ids = machines.map(({ entity }) => entity);
  const now = new Map((await readMachines(graph, ids)).map((facts) => [facts.id, facts]));
  // The search was compiled once already when the plan was made from it.
  const found = new Set(await findMachineIds(graph, JSON.parse(plan.search) as Search));
  const planned = new Set(ids);
  const changed = machines.flatMap(({ entity, name, facts }) => {
    const current = now.get(entity);
    const changes = current === undefined ? [] : changedFacts(facts, current);
    return changes.length === 0 ? [] : [{ id: entity, name, changes }];
  });
  const gone = machines
    .filter(({ entity }) => !now.has(entity))
    .map(({ entity, name }) => ({ id: entity, name }));
  return {
    plan: id,
    gone,
    changed,
    newMatches: [...found].filter((one) => !planned.has(one)),
    noLongerMatching: ids.filter((one) => now.has(one) && !found.has(one)),
    unchanged: machines.length - changed.length - gone.length,
  };
}
