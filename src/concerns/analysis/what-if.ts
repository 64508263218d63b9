import type { Graph, RunOptions } from '../../graph/query/graph.js';
import { ruleById } from '../catalogue.js';
import { Readiness, readinessOf } from '../readiness.js';
import type { Category } from '../rule/rule.js';
import { AnalysisError, boundedLimit } from './analysis-error.js';
import { holdingsOf, type Holdings } from './holdings.js';
import { maskOf, selectedIds, type MachineSelection } from './selection.js';

export interface WhatIfOptions extends RunOptions {
  /** Ids of causes that are taken as fixed. */
  readonly fixedCauses?: readonly string[];
  /** Ids of rules whose concerns are taken as accepted. */
  readonly waivedRules?: readonly string[];
  /** Only these machines; all if left out. */
  readonly where?: MachineSelection;
  /** Freed machines on a page; 100 if left out, 1,000 at most. */
  readonly limit?: number;
  /** The last machine of the page before. */
  readonly after?: string;
}

export type ReadinessCounts = Readonly<Record<Readiness, number>>;

export interface RemainingBlocker {
  readonly rule: string;
  readonly label: string;
  /** Machines that it still blocks. */
  readonly machines: number;
}

export interface WhatIf {
  readonly before: ReadinessCounts;
  readonly after: ReadinessCounts;
  /** Machines that were blocked and are ready, with or without warnings, then. */
  readonly newlyReady: {
    readonly total: number;
    /** Ids in their order, one page. */
    readonly machines: readonly string[];
    readonly hasMore: boolean;
  };
  /** What still blocks machines, most machines first. */
  readonly remainingBlockers: readonly RemainingBlocker[];
}

function unknownError(what: string, subject: string): AnalysisError {
  return new AnalysisError({
    code: `analysis.${what}.unknown`,
    what: `There is no such ${what}`,
    subject,
    why:
      what === 'rule' ? 'the catalogue has no rule of this id' : 'no machine is held by this cause',
    remedy: `Take the id from a list of ${what}s`,
    retryable: false,
  });
}

/** 1 for each cause that is fixed, or whose rule is waived. */
function settledCauses(holdings: Holdings, options: WhatIfOptions): Uint8Array {
  const waived = new Set(options.waivedRules);
  for (const rule of waived) {
    if (ruleById(rule) === undefined) throw unknownError('rule', rule);
  }
  const { rules, causes, ruleOfCause } = holdings;
  const settled = Uint8Array.from(ruleOfCause, (rule) => (waived.has(rules.textOf(rule)) ? 1 : 0));
  for (const cause of options.fixedCauses ?? []) {
    const number = causes.find(cause);
    if (number === undefined) throw unknownError('cause', cause);
    settled[number] = 1;
  }
  return settled;
}

const isReady = (readiness: Readiness): boolean =>
  readiness === Readiness.ready || readiness === Readiness.readyWithWarnings;

const noCounts = (): Record<Readiness, number> => ({
  ready: 0,
  readyWithWarnings: 0,
  blocked: 0,
  unknown: 0,
});

class Assessment {
  readonly before = noCounts();
  readonly after = noCounts();
  readonly freed: string[] = [];
  private readonly blockers = new Map<number, number>();

  constructor(private readonly holdings: Holdings) {}

  add(machine: number, settled: Uint8Array): void {
    const { held, machines, unknown } = this.holdings;
    const causes = held.row(machine);
    const open = causes.filter((cause) => settled[cause] === 0);
    const because = unknown[machine] === 1 ? 'unreadable' : null;
    const before = readinessOf(this.categories(causes), because);
    const after = readinessOf(this.categories(open), because);
    this.before[before]++;
    this.after[after]++;
    if (after === Readiness.blocked) this.countBlockers(open);
    const id = machines[machine];
    if (id !== undefined && before === Readiness.blocked && isReady(after)) this.freed.push(id);
  }

  remaining(): RemainingBlocker[] {
    return [...this.blockers]
      .map(([rule, machines]) => {
        const id = this.holdings.rules.textOf(rule);
        return { rule: id, label: ruleById(id)?.label ?? id, machines };
      })
      .sort((a, b) => b.machines - a.machines || (a.rule < b.rule ? -1 : 1));
  }

  private *categories(causes: Iterable<number>): Generator<Category> {
    for (const cause of causes) yield this.holdings.categoryOfRule(this.ruleOf(cause));
  }

  private countBlockers(causes: Int32Array): void {
    const rules = new Set(Array.from(causes, (cause) => this.ruleOf(cause)));
    for (const rule of rules) {
      if (this.holdings.categoryOfRule(rule) !== 'Critical') continue;
      this.blockers.set(rule, (this.blockers.get(rule) ?? 0) + 1);
    }
  }

  private ruleOf(cause: number): number {
    return this.holdings.ruleOfCause[cause] ?? -1;
  }
}

/**
 * The readiness of the estate if some causes were fixed and some rules waived, as of the last
 * evaluation. Exact; nothing is written.
 *
 * @throws AnalysisError for an unknown cause or rule, or a limit out of range.
 */
export async function whatIf(graph: Graph, options: WhatIfOptions = {}): Promise<WhatIf> {
  const limit = boundedLimit(options.limit ?? 100, 1_000);
  const ids = await selectedIds(graph, options.where, options);
  const holdings = await holdingsOf(graph);
  const settled = settledCauses(holdings, options);
  const mask = maskOf(holdings.machineNumbers, ids);
  const assessment = new Assessment(holdings);
  for (let machine = 0; machine < mask.length; machine++) {
    if (mask[machine] === 1) assessment.add(machine, settled);
  }
  const { before, after, freed } = assessment;
  const start = options.after ?? '';
  const rest = freed.filter((id) => id > start);
  return {
    before,
    after,
    newlyReady: {
      total: freed.length,
      machines: rest.slice(0, limit),
      hasMore: rest.length > limit,
    },
    remainingBlockers: assessment.remaining(),
  };
}
