import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const tpmDetected = defineRule({
  id: 'vmware.tpm.detected',
  category: 'Warning',
  label: 'The machine has a virtual TPM',
  version: 1,
  fires: 'A virtual trusted platform module is configured.',
  effect:
    'The target gets a new, empty TPM. Keys sealed in the old one are lost; a guest whose disk encryption relies on it asks for a recovery key.',
  remedy:
    'Have the recovery keys at hand, suspend disk encryption (for instance BitLocker) in the guest before the migration and seal again after it; offer a storage class for persistent TPM state on the target.',
  find: (vm) =>
    vm.tpmPresent === true || vm.devices.some(({ deviceClass }) => deviceClass === 'tpm')
      ? [{ tpmPresent: true }]
      : [],
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'What is sealed in a TPM belongs to one guest.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Save what the TPM of machine ${name} holds`,
  },
  assessment: () =>
    'Its TPM does not move: keys sealed in it are lost. Keep recovery keys at hand and suspend disk encryption before the migration.',
});
