import type { Workload } from '../workload/workload.js';
import { causeId, type Place, type PlaceKind } from './place.js';

/** How grave a concern is, in the words that Forklift uses too. Only Critical blocks a machine. */
export const Category = {
  Critical: 'Critical',
  Warning: 'Warning',
  Information: 'Information',
  Advisory: 'Advisory',
} as const;
export type Category = (typeof Category)[keyof typeof Category];

/** Providers as Forklift names them; they start the ids of their rules. */
export type Provider = 'vmware' | 'ovirt' | 'openstack' | 'ova';

/** The values that made a rule fire, kept as JSON on the relationship. */
export type Facts = Readonly<
  Record<string, string | number | boolean | null | readonly (string | number)[]>
>;

/** What a rule brings: data, a predicate that yields facts, and the place where one fixes it. */
export interface RuleDefinition<F extends Facts> {
  /** Same id as in Forklift's catalogue, so that findings can be compared. */
  readonly id: `${Provider}.${string}`;
  readonly category: Category;
  /** Title without values: people group by it. */
  readonly label: string;
  /** Raise it when `find`, `assessment` or `cause` changes; all machines are then evaluated anew. */
  readonly version: number;
  /** When it fires, as a sentence. */
  readonly fires: string;
  /** What it does to a migration. */
  readonly effect: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Where it differs from Forklift's rule of the same id, and why. */
  readonly deviation?: string;
  readonly cause: {
    /** Kinds of place that `at` can answer with. */
    readonly kinds: readonly PlaceKind[];
    /** Why one place is one cause: what a single action there mends. */
    readonly reason: string;
    readonly at: (facts: F, vm: Workload) => Place;
    /** What to fix, with the name of the place. */
    readonly label: (place: Place) => string;
  };
  /** One entry for each occurrence; none where the rule does not fire. Unknown values never fire
   * a rule unless it says so. */
  readonly find: (vm: Workload) => readonly F[];
  /** What will happen and what to do, with the values in it. */
  readonly assessment: (facts: F) => string;
}

/** One firing of a rule on one machine. */
export interface Occurrence {
  readonly rule: Rule;
  readonly facts: Facts;
  readonly assessment: string;
  readonly cause: { readonly id: string; readonly label: string; readonly place: Place };
}

/** A rule with the type of its facts closed in. */
export interface Rule extends Omit<RuleDefinition<Facts>, 'find' | 'assessment' | 'cause'> {
  readonly provider: Provider;
  readonly causeKinds: readonly PlaceKind[];
  readonly causeReason: string;
  readonly evaluate: (vm: Workload) => readonly Occurrence[];
}

const providerOf = (id: `${Provider}.${string}`): Provider => {
  const [name] = id.split('.');
  switch (name) {
    case 'vmware':
    case 'ovirt':
    case 'openstack':
    case 'ova':
      return name;
    default:
      throw new TypeError(`${id} does not start with a provider`);
  }
};

/** Declares a rule. */
export function defineRule<F extends Facts>(definition: RuleDefinition<F>): Rule {
  const { find, assessment, cause, ...described } = definition;
  const rule: Rule = {
    ...described,
    provider: providerOf(definition.id),
    causeKinds: cause.kinds,
    causeReason: cause.reason,
    evaluate: (vm) =>
      find(vm).map((facts) => {
        const place = cause.at(facts, vm);
        return {
          rule,
          facts,
          assessment: assessment(facts),
          cause: { id: causeId(rule.id, place), label: cause.label(place), place },
        };
      }),
  };
  return rule;
}
