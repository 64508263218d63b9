import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';
import { valueOf } from '../../workload/property-pairs.js';

export const secureBootDetected = defineRule({
  id: 'openstack.secure_boot.detected',
  category: 'Warning',
  label: 'The machine demands secure boot',
  version: 1,
  fires:
    'The property os_secure_boot of the image or the extra specification os:secure_boot of the flavor is required.',
  effect:
    'The variables of the firmware stay behind: with keys of its own the guest does not start on the target.',
  remedy:
    'Check that the guest boots with the keys of Microsoft alone, or switch secure boot off on the target.',
  find: ({ imageProperties, flavorExtraSpecs }) => {
    const image = valueOf(imageProperties, 'os_secure_boot') === 'required';
    const flavor = valueOf(flavorExtraSpecs, 'os:secure_boot') === 'required';
    return image || flavor ? [{ image, flavor }] : [];
  },
  cause: {
    kinds: ['VirtualMachine'],
    reason:
      'Image and flavor are copied to each machine; whether its guest starts shows on each by itself.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Check the secure boot of machine ${name}`,
  },
  assessment: ({ image }) =>
    `Its ${image ? 'image' : 'flavor'} demands secure boot, and the variables of the firmware stay behind. Check that it boots with the usual keys.`,
});
