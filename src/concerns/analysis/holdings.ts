import type { Graph } from '../../graph/query/graph.js';
import { categoryOf } from '../catalogue.js';
import type { Category } from '../rule/rule.js';
import { holdingsAfter } from './analysis-queries.js';
import { Incidence } from './incidence.js';
import { Numbering } from './numbering.js';
import { cachePerGraph, type RevisionReader } from './revision-cache.js';

/** Which causes hold which machines. Machines, causes and rules are numbers in here. */
export interface Holdings {
  /** Ids of the machines in their order. */
  readonly machines: readonly string[];
  readonly machineNumbers: ReadonlyMap<string, number>;
  /** 1 for machines whose configuration could not be read. */
  readonly unknown: Uint8Array;
  readonly causes: Numbering;
  readonly rules: Numbering;
  /** Number of the rule of each cause. */
  readonly ruleOfCause: Int32Array;
  /** Causes of each machine. */
  readonly held: Incidence;
  readonly categoryOfRule: (rule: number) => Category;
}

interface Entry {
  readonly unknown: boolean;
  readonly causes: Int32Array;
}

/** A cause's id begins with the id of its rule. */
const ruleOf = (cause: string): string => cause.slice(0, cause.indexOf('@'));

class HoldingsReader implements RevisionReader<Entry, Holdings> {
  private readonly causes = new Numbering();
  private readonly rules = new Numbering();
  private ruleOfCause: number[] = [];

  async *read(graph: Graph, after: number): AsyncGenerator<readonly [string, Entry]> {
    for await (const { id, unknown, causes } of graph.stream(holdingsAfter, { after })) {
      yield [id, { unknown, causes: Int32Array.from(causes, (cause) => this.causeNumber(cause)) }];
    }
  }

  build(entries: ReadonlyMap<string, Entry>): Holdings {
    const machines = [...entries.keys()].sort();
    const machineNumbers = new Map(machines.map((id, number) => [id, number]));
    const unknown = Uint8Array.from(machines, (id) => (entries.get(id)?.unknown === true ? 1 : 0));
    const held = Incidence.fromRows(machines.map((id) => entries.get(id)?.causes ?? []));
    const { rules } = this;
    const categories: Category[] = Array.from(
      { length: rules.size },
      // A rule that the catalogue no longer has is about to be evaluated away; it blocks nothing.
      (_, rule) => categoryOf(rules.textOf(rule)) ?? 'Information',
    );
    return {
      machines,
      machineNumbers,
      unknown,
      held,
      rules,
      causes: this.causes,
      ruleOfCause: Int32Array.from(this.ruleOfCause),
      categoryOfRule: (rule) => categories[rule] ?? 'Information',
    };
  }

  private causeNumber(cause: string): number {
    const number = this.causes.numberOf(cause);
    if (number === this.ruleOfCause.length) {
      this.ruleOfCause.push(this.rules.numberOf(ruleOf(cause)));
    }
    return number;
  }
}

/** Which causes hold which machines, as of the last evaluation. */
export const holdingsOf = cachePerGraph(() => new HoldingsReader());
