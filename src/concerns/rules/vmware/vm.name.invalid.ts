import { machineNameRule } from '../../rule/machine-name-rule.js';

export const vmNameInvalid = machineNameRule({ id: 'vmware.vm.name.invalid' });
