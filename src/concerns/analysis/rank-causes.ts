import type { Graph, RunOptions } from '../../graph/query/graph.js';
import { Category } from '../rule/rule.js';
import { boundedLimit } from './analysis-error.js';
import { causeDetails } from './analysis-queries.js';
import { coverCauses, type CoverStep } from './cause-cover.js';
import { holdingsOf, type Holdings } from './holdings.js';
import { Incidence } from './incidence.js';
import { maskOf, selectedIds, type MachineSelection } from './selection.js';

export interface RankOptions extends RunOptions {
  /** Only these machines; all if left out. */
  readonly where?: MachineSelection;
  /** Causes at most; 20 if left out, 1,000 at most. */
  readonly limit?: number;
  /** Count a machine as free only when it has no warnings either. */
  readonly includeWarnings?: boolean;
}

export interface RankedCause {
  readonly id: string;
  /** What to fix, with the name of the place. */
  readonly label: string;
  readonly remedy: string;
  readonly rule: string;
  readonly category: string;
  /** Id, kind and name of the entity where one fixes it. */
  readonly at: string;
  readonly atKind: string;
  readonly place: string | null;
  /** Machines in scope that it holds. */
  readonly holds: number;
  /** Machines that become free if only this cause is fixed. */
  readonly freesAlone: number;
  /** Machines that become free if it is fixed after those ranked before it. */
  readonly frees: number;
  /** Machines that are free when it and all ranked before it are fixed. */
  readonly freesCumulative: number;
}

export interface CauseRanking {
  /** Best first. */
  readonly causes: readonly RankedCause[];
  /** Machines in scope that something holds. */
  readonly heldMachines: number;
  /** Causes that hold machines in scope, whether ranked or cut off by the limit. */
  readonly causeCount: number;
}

/** Causes that count, of the machines that are meant and have any. */
function heldInScope(
  { held, ruleOfCause, categoryOfRule }: Holdings,
  mask: Uint8Array,
  includeWarnings: boolean,
): Incidence {
  const counts = Uint8Array.from(ruleOfCause, (rule) => {
    const category = categoryOfRule(rule);
    if (category === Category.Critical) return 1;
    return includeWarnings && category === Category.Warning ? 1 : 0;
  });
  const rows: Int32Array[] = [];
  for (let machine = 0; machine < held.rows; machine++) {
    if (mask[machine] === 0) continue;
    const row = held.row(machine).filter((cause) => counts[cause] === 1);
    if (row.length > 0) rows.push(row);
  }
  return Incidence.fromRows(rows);
}

async function describe(
  graph: Graph,
  { causes }: Holdings,
  steps: readonly CoverStep[],
  options: RunOptions,
): Promise<RankedCause[]> {
  const ids = steps.map(({ cause }) => causes.textOf(cause));
  const details = await graph.read(causeDetails, { ids }, options);
  const byId = new Map(details.map((each) => [each.id, each]));
  return steps.flatMap(({ cause, ...counts }) => {
    // A cause that an evaluation has just removed is left out.
    const found = byId.get(causes.textOf(cause));
    return found === undefined ? [] : [{ ...found, ...counts }];
  });
}

/**
 * Ranks causes by how many machines become free of blockers when they are fixed one after the
 * other: greedy set cover with exact counts, as of the last evaluation. Causes at the end of the
 * ranking may free nobody by themselves; see {@link coverCauses} for how they are ordered.
 *
 * @throws AnalysisError for a limit out of range, SearchError for a filter that is not valid.
 */
export async function rankCauses(graph: Graph, options: RankOptions = {}): Promise<CauseRanking> {
  const limit = boundedLimit(options.limit ?? 20, 1_000);
  const ids = await selectedIds(graph, options.where, options);
  const holdings = await holdingsOf(graph);
  const mask = maskOf(holdings.machineNumbers, ids);
  const held = heldInScope(holdings, mask, options.includeWarnings ?? false);
  const { causes } = holdings;
  const steps = coverCauses(held, causes.size, limit, (a, b) =>
    causes.textOf(a) < causes.textOf(b) ? -1 : 1,
  );
  return {
    causes: await describe(graph, holdings, steps, options),
    heldMachines: held.rows,
    causeCount: new Set(held.items).size,
  };
}
