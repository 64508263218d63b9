import { computePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const dpmEnabled = defineRule({
  id: 'vmware.dpm.enabled',
  category: 'Information',
  label: 'Distributed power management (DPM) is on in the cluster',
  version: 1,
  fires: 'The cluster of the machine powers off idle hosts.',
  effect:
    'The behaviour is not carried over. While machines leave the cluster, DPM sees idle hosts and powers them off, which can slow or break copies that go through them.',
  remedy:
    'Switch DPM off in the cluster for the time of the migration. On the target, scale nodes by other means.',
  deviation: "Fed with the cluster's real setting; Forklift's inventory never supplies it.",
  find: ({ cluster }) => (cluster?.dpmEnabled === true ? [{ cluster: cluster.name }] : []),
  cause: {
    kinds: ['Cluster'],
    reason: 'DPM is one switch of the cluster, for all machines in it.',
    at: (_facts, vm) => computePlace(vm),
    label: ({ name }) => `Switch off DPM in cluster ${name}`,
  },
  assessment: ({ cluster }) =>
    `Cluster ${cluster} powers off idle hosts. Switch DPM off there while machines are migrated.`,
});
