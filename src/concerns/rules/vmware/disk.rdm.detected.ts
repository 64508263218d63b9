import { defineRule } from '../../rule/rule.js';
import { machinePlace } from '../../rule/place.js';

export const diskRdmDetected = defineRule({
  id: 'vmware.disk.rdm.detected',
  category: 'Warning',
  label: 'A disk is a raw device mapping',
  version: 1,
  fires: 'A disk maps a LUN of the storage array. One occurrence for each disk.',
  effect:
    'The disk library cannot read a mapping in physical mode, and what lies behind the mapping is not a file: the copy of this disk fails or is left out.',
  remedy:
    'Convert the mapping to a virtual disk (storage migration with conversion), or detach it and attach the LUN to the target machine as a persistent volume.',
  find: (vm) =>
    vm.disks
      .filter((disk) => disk.rdm === true)
      .map(({ name, file, rdmCompatibility }) => ({ disk: name, file, mode: rdmCompatibility })),
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'The mappings of a machine are converted in one storage migration of that machine.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Convert the raw device mappings of machine ${name}`,
  },
  assessment: ({ disk, mode }) =>
    `Disk ${disk} is a raw device mapping (${mode ?? 'mode unknown'}), which cannot be copied as a file. Convert it to a virtual disk, or attach the LUN to the target.`,
});
