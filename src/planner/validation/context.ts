import type { Mappings } from '../mapping/mapping.js';
import type { Finding, FindingSubject } from '../record/finding.js';
import type { Plan, PlannedMachine } from '../record/plan.js';
import type { TargetFacts } from '../target/target-facts.js';
import type { Blueprint } from '../virtual-machine/blueprint.js';

/** A machine of a target that was made from a source machine. */
export interface MigratedCopy {
  /** Id of the source that stands for the target. */
  readonly target: string;
  /** Namespace and name. */
  readonly machine: string;
  /** The run that made it, and its plan; null where only the machine itself tells. */
  readonly run: string | null;
  readonly planName: string | null;
}

export interface SharedFile {
  readonly file: string;
  readonly peers: readonly {
    readonly id: string;
    readonly name: string;
    readonly powerState?: string | null | undefined;
    readonly inPlan: boolean;
  }[];
}

/** All that rules look at: read once for a validation, and not changed by it. */
export interface ValidationContext {
  readonly plan: Plan;
  readonly machines: readonly PlannedMachine[];
  readonly target: TargetFacts;
  readonly mappings: Mappings;
  /** Machines of the plan that are still in the inventory. */
  readonly present: ReadonlySet<string>;
  /** Target names that others hold in the namespace, with who holds them. */
  readonly takenNames: ReadonlyMap<string, string>;
  /** Names of volumes of the plan that the namespace has already, with why. */
  readonly takenVolumes: ReadonlyMap<string, string>;
  /** MAC addresses of the plan that machines of the target have, with those machines. */
  readonly takenMacs: ReadonlyMap<string, readonly string[]>;
  /** Copies that other plans' runs made of a machine, by machine. */
  readonly migrated: ReadonlyMap<string, readonly MigratedCopy[]>;
  /** Other open plans that hold a machine, by machine. */
  readonly otherPlans: ReadonlyMap<string, readonly string[]>;
  readonly sharedFiles: ReadonlyMap<string, readonly SharedFile[]>;
  readonly blueprintOf: (machine: PlannedMachine) => Blueprint;
}

/** What a rule says about one case; the rest stands in the catalogue. */
export interface Occurrence {
  readonly what: string;
  readonly why: string;
  readonly remedy?: string;
  readonly subject?: FindingSubject;
  /** Where the case is graver or milder than the rule says. */
  readonly severity?: Finding['severity'];
}

interface RuleFacts {
  /** Dotted, stable: people waive findings by it. */
  readonly id: string;
  readonly severity: Finding['severity'];
  readonly waivable: boolean;
  /** The condition of Forklift that tells the same, where there is one. */
  readonly forklift?: string;
  /** When it is found, for the documentation. */
  readonly meaning: string;
  readonly remedy: string;
}

/** A rule about the plan as a whole. */
export interface PlanRule extends RuleFacts {
  readonly scope: 'plan';
  readonly find: (context: ValidationContext) => readonly Occurrence[];
}

/** A rule about one machine. */
export interface MachineRule extends RuleFacts {
  readonly scope: 'machine';
  readonly find: (machine: PlannedMachine, context: ValidationContext) => readonly Occurrence[];
}

export type Rule = PlanRule | MachineRule;

export const planRule = (rule: Omit<PlanRule, 'scope'>): PlanRule => ({ scope: 'plan', ...rule });
export const machineRule = (rule: Omit<MachineRule, 'scope'>): MachineRule => ({
  scope: 'machine',
  ...rule,
});

/** One occurrence where the condition holds, and none where it does not. */
export const when = (condition: boolean, occurrence: () => Occurrence): readonly Occurrence[] =>
  condition ? [occurrence()] : [];
