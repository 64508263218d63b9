import { computePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const drsEnabled = defineRule({
  id: 'vmware.drs.enabled',
  category: 'Information',
  label: 'The machine runs in a cluster with DRS',
  version: 1,
  fires: 'The scheduler of the cluster moves machines by itself.',
  effect:
    'The balancing is not carried over: Kubernetes places a machine when it starts and does not move it because of load.',
  remedy:
    'Where balancing is needed, run the descheduler on the target with live migration as eviction strategy.',
  find: ({ cluster }) =>
    cluster?.drsEnabled === true ? [{ cluster: cluster.name, behavior: cluster.drsBehavior }] : [],
  cause: {
    kinds: ['Cluster'],
    reason: 'DRS is one switch of the cluster, for all machines in it.',
    at: (_facts, vm) => computePlace(vm),
    label: ({ name }) => `Replace DRS of cluster ${name} by means of the target`,
  },
  assessment: ({ cluster, behavior }) =>
    `Cluster ${cluster} balances its machines by itself (${behavior ?? 'behaviour unknown'}), which the target does not do without a descheduler.`,
});
