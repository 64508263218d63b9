import { admissionNotAskedFacts, admissionRefusedFacts } from './admission.js';
import type { Rule } from './context.js';
import { capacityRules } from './rules/capacity-rules.js';
import { diskRules } from './rules/disk-rules.js';
import { guestRules } from './rules/guest-rules.js';
import { mappingRules } from './rules/mapping-rules.js';
import { nameRules } from './rules/name-rules.js';
import { stateRules } from './rules/state-rules.js';
import { targetRules } from './rules/target-rules.js';

/** Rules that need nothing but what the graph knows. */
export const graphRules: readonly Rule[] = [
  ...targetRules,
  ...mappingRules,
  ...capacityRules,
  ...stateRules,
  ...nameRules,
  ...diskRules,
  ...guestRules,
];

/** What is documented of a rule, and what a waiver is checked against. */
export type RuleDescription = Pick<
  Rule,
  'id' | 'severity' | 'waivable' | 'forklift' | 'meaning' | 'remedy'
>;

/** Every finding that a validation may give. */
export const findingCatalogue: readonly RuleDescription[] = [
  ...graphRules,
  admissionRefusedFacts,
  admissionNotAskedFacts,
];
