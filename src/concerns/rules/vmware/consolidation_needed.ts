import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const consolidationNeeded = defineRule({
  id: 'vmware.consolidation_needed',
  category: 'Warning',
  label: 'Snapshot consolidation is needed',
  version: 1,
  fires: 'The source says that deltas of removed snapshots were left behind.',
  effect:
    'The disk chain holds deltas that no snapshot names. Taking or removing the snapshots of a warm migration can fail, and reads are slower.',
  remedy:
    'Consolidate the disks of the machine in vCenter before the migration. If that fails, look for a backup product that still holds the disks, and for free space on the datastore.',
  find: (vm) => (vm.consolidationNeeded === true ? [{ consolidationNeeded: true }] : []),
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Consolidation is a task on one machine.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Consolidate the disks of machine ${name}`,
  },
  assessment: () =>
    'Deltas of removed snapshots wait for consolidation. Consolidate the disks before the migration.',
});
