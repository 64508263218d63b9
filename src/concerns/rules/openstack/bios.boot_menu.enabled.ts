import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';
import { valueOf } from '../../workload/property-pairs.js';

export const biosBootMenuEnabled = defineRule({
  id: 'openstack.bios.boot_menu.enabled',
  category: 'Warning',
  label: 'The boot menu of the firmware is on',
  version: 1,
  fires: 'The property hw_boot_menu of the image is true.',
  effect:
    'The target machine has no boot menu: nobody can choose another boot device at its start.',
  remedy: 'Make sure that the machine boots from its first disk without the menu, then migrate it.',
  deviation: 'The case of the letters does not matter, as it does not to Nova.',
  find: ({ imageProperties }) =>
    valueOf(imageProperties, 'hw_boot_menu')?.toLowerCase() === 'true' ? [{ bootMenu: true }] : [],
  cause: {
    kinds: ['VirtualMachine'],
    reason:
      'Nova keeps a copy of the properties of its image with each machine, so that a change of the image mends none of them.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Do without the boot menu of machine ${name}`,
  },
  assessment: () =>
    'The boot menu of the firmware is on and will not be there on the target. Make sure that the machine boots without it.',
});
