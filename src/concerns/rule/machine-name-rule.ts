import { isValidMachineName, longestMachineName } from '../workload/machine-name.js';
import { machinePlace } from './place.js';
import { defineRule, type Rule, type RuleDefinition } from './rule.js';

/** The rule about names that the target does not take, which is the same for every provider. */
export const machineNameRule = (own: Pick<RuleDefinition<never>, 'id'>): Rule =>
  defineRule({
    ...own,
    category: 'Warning',
    label: 'The name of the machine is not valid on the target',
    version: 1,
    fires:
      'The name is empty, longer than 63 characters, or has other characters than letters, digits, hyphens and dots, or begins or ends with a hyphen or a dot.',
    deviation: "An empty name fires too; Forklift's expression takes it as valid.",
    effect: 'The target machine gets another name, made from this one.',
    remedy: 'Rename the machine in the source, or choose the target name in the plan.',
    find: ({ name }) =>
      isValidMachineName(name) ? [] : [{ name, length: Array.from(name).length }],
    cause: {
      kinds: ['VirtualMachine'],
      reason: 'Each machine is renamed by itself.',
      at: (_facts, vm) => machinePlace(vm),
      label: ({ name }) => `Rename machine ${name}`,
    },
    assessment: ({ name, length }) =>
      length > longestMachineName
        ? `Its name has ${length} characters; at most ${longestMachineName} are valid. The target gets a shorter one.`
        : `Its name "${name}" has characters that are not valid on the target, which gets another one.`,
  });
