import type { Graph, RunOptions } from '../../graph/query/graph.js';
import type { Category } from '../rule/rule.js';
import { boundedLimit } from './analysis-error.js';
import { holdingsOf, type Holdings } from './holdings.js';
import { maskOf, selectedIds, type MachineSelection } from './selection.js';

export interface GroupOptions extends RunOptions {
  /** Only these machines; all if left out. */
  readonly where?: MachineSelection;
  /** Only concerns of these categories tell groups apart; all if left out. */
  readonly categories?: readonly Category[];
  /** Machines a group has at least; 2 if left out. */
  readonly minimumSize?: number;
  /** Groups at most; 50 if left out, 1,000 at most. */
  readonly limit?: number;
  /** Members given with each group; 5 if left out, 1,000 at most. */
  readonly members?: number;
}

export interface ConcernGroup {
  /** Ids of the rules that fire on every member, sorted; no other rule fires on any. */
  readonly rules: readonly string[];
  readonly size: number;
  /** The first members by id. */
  readonly machines: readonly string[];
}

/** What machines with equal concerns have in common, as a key. */
function signatureOf(
  { held, ruleOfCause, categoryOfRule }: Holdings,
  machine: number,
  categories: ReadonlySet<Category> | undefined,
): string {
  const rules = new Set<number>();
  for (const cause of held.row(machine)) {
    const rule = ruleOfCause[cause] ?? -1;
    if (categories === undefined || categories.has(categoryOfRule(rule))) rules.add(rule);
  }
  return [...rules].sort((a, b) => a - b).join(' ');
}

interface Group {
  size: number;
  readonly machines: string[];
}

/**
 * Machines that have exactly the same concerns, greatest groups first. Machines without a concern
 * are in no group.
 *
 * @throws AnalysisError for a limit out of range.
 */
export async function similarGroups(
  graph: Graph,
  options: GroupOptions = {},
): Promise<ConcernGroup[]> {
  const limit = boundedLimit(options.limit ?? 50, 1_000);
  const members = boundedLimit(options.members ?? 5, 1_000);
  const categories = options.categories === undefined ? undefined : new Set(options.categories);
  const ids = await selectedIds(graph, options.where, options);
  const holdings = await holdingsOf(graph);
  const mask = maskOf(holdings.machineNumbers, ids);
  const groups = new Map<string, Group>();
  holdings.machines.forEach((id, machine) => {
    if (mask[machine] === 0) return;
    const signature = signatureOf(holdings, machine, categories);
    if (signature === '') return;
    const group = groups.get(signature) ?? { size: 0, machines: [] };
    group.size++;
    if (group.machines.length < members) group.machines.push(id);
    groups.set(signature, group);
  });
  return [...groups]
    .filter(([, { size }]) => size >= (options.minimumSize ?? 2))
    .sort(([a, { size }], [b, other]) => other.size - size || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([signature, { size, machines }]) => ({
      rules: signature
        .split(' ')
        .map((rule) => holdings.rules.textOf(Number(rule)))
        .sort(),
      size,
      machines,
    }));
}
