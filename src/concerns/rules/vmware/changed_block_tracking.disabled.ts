import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const changedBlockTrackingDisabled = defineRule({
  id: 'vmware.changed_block_tracking.disabled',
  category: 'Warning',
  label: 'Changed block tracking (CBT) is off for the machine',
  version: 1,
  fires: 'The configuration of the machine says that changed block tracking is off.',
  effect:
    'A warm migration is not possible: without a record of changed blocks only whole disks can be copied, so the machine has to stay off for the whole copy.',
  remedy:
    'Set `ctkEnabled` to true in the advanced configuration of the powered-off machine, or take and remove a snapshot after setting it; or migrate it cold.',
  deviation:
    'Fires only where the source says that tracking is off. Forklift also fires where the source gives no value.',
  find: (vm) => (vm.changeTrackingEnabled === false ? [{ changeTrackingEnabled: false }] : []),
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Tracking is an option of each machine.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Switch on changed block tracking of machine ${name}`,
  },
  assessment: () =>
    'Changed block tracking is off, so this machine cannot be migrated warm. Switch it on, or plan a cold migration.',
});
