import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';
import { valueOf } from '../../workload/property-pairs.js';

const supported: ReadonlySet<string> = new Set([
  'e1000',
  'e1000e',
  'rtl8139',
  'virtio',
  'ne2k_pci',
  'pcnet',
]);

export const vifModelUnsupported = defineRule({
  id: 'openstack.network.vif_model.unsupported',
  category: 'Warning',
  label: 'The network adapters are of a model that the target does not have',
  version: 1,
  fires:
    'The property hw_vif_model of the image is none of e1000, e1000e, rtl8139, virtio, ne2k_pci and pcnet.',
  effect: 'The target gives the machine another model, for which the guest may have no driver.',
  remedy: 'Make sure that the guest has a driver for virtio.',
  deviation:
    'An image without the property does not fire: the hypervisor then takes its own default, which is virtio on KVM. Only the words themselves are right, not every word that has one of them in it; the case of their letters does not matter.',
  find: ({ imageProperties }) => {
    const model = valueOf(imageProperties, 'hw_vif_model');
    return model === undefined || supported.has(model.toLowerCase()) ? [] : [{ model }];
  },
  cause: {
    kinds: ['VirtualMachine'],
    reason:
      'Nova keeps a copy of the properties of its image with each machine, so that a change of the image mends none of them.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Prepare the guest of machine ${name} for another network adapter`,
  },
  assessment: ({ model }) =>
    `Its adapters are of the model ${model}, which the target does not have. Make sure that the guest has a driver for virtio.`,
});
