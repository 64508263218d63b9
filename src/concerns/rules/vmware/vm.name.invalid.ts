import { machineNameRule } from '../../rule/machine-name-rule.js';

export const vmNameInvalid = machineNameRule({
  id: 'vmware.vm.name.invalid',
  deviation:
    'An empty name fires too; Forklift reports it as an error of its own kind and its expression takes it as valid.',
});
