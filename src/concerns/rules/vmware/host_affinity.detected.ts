import { defineRule } from '../../rule/rule.js';

const hostRuleTypes = new Set(['vmHostAffinity', 'vmHostAntiAffinity']);

export const hostAffinityDetected = defineRule({
  id: 'vmware.host_affinity.detected',
  category: 'Warning',
  label: 'A placement rule binds the machine to hosts',
  version: 1,
  fires:
    'The machine is in a group that an enabled VM-host rule of its cluster keeps on, or away from, a group of hosts. One occurrence for each rule.',
  effect:
    'The rule is not carried over: the machine may land on any node, which can break licences or separation that rely on it.',
  remedy:
    'Find out what the rule is for. Where the reason holds, label target nodes and give the machines node affinity; then disable the rule in the cluster.',
  deviation:
    "Fed with the cluster's real rules; Forklift's inventory never supplies them. Rules that keep machines away from hosts count too, disabled rules do not.",
  find: (vm) =>
    vm.hostRules
      .filter(
        ({ ruleType, enabled }) =>
          ruleType !== null && hostRuleTypes.has(ruleType) && enabled !== false,
      )
      .map(({ id, name, ruleType, mandatory, hostGroup }) => ({
        rule: name,
        ruleId: id,
        ruleType,
        mandatory,
        hostGroup,
      })),
  cause: {
    kinds: ['DrsRule'],
    reason: 'One rule binds all machines of its group: replacing it once mends all of them.',
    at: ({ ruleId, rule }) => ({ kind: 'DrsRule', id: ruleId, name: rule }),
    label: ({ name }) => `Replace placement rule ${name} by node affinity`,
  },
  assessment: ({ rule, ruleType, hostGroup, mandatory }) =>
    `Rule ${rule} ${mandatory === true ? 'forces' : 'asks'} it to run ${ruleType === 'vmHostAntiAffinity' ? 'away from' : 'on'} host group ${hostGroup ?? 'unknown'}. Use node affinity on the target where the reason still holds.`,
});
