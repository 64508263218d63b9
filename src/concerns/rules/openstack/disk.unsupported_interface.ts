import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';
import { valueOf } from '../../workload/property-pairs.js';

const supported: ReadonlySet<string> = new Set(['sata', 'scsi', 'virtio']);

export const diskUnsupportedInterface = defineRule({
  id: 'openstack.disk.unsupported_interface',
  category: 'Warning',
  label: 'The disks hang on a bus that the target does not have',
  version: 1,
  fires: 'The property hw_disk_bus of the image is neither sata nor scsi nor virtio.',
  effect: 'The target attaches the disks to another bus, and the guest may not find them.',
  remedy: 'Make sure that the guest has drivers for virtio, and that it names its disks by UUID.',
  deviation:
    'An image without the property does not fire: the hypervisor then takes its own default, which is virtio on KVM. Only the words themselves are right, not every word that has one of them in it; the case of their letters does not matter.',
  find: ({ imageProperties }) => {
    const bus = valueOf(imageProperties, 'hw_disk_bus');
    return bus === undefined || supported.has(bus.toLowerCase()) ? [] : [{ bus }];
  },
  cause: {
    kinds: ['VirtualMachine'],
    reason:
      'Nova keeps a copy of the properties of its image with each machine, so that a change of the image mends none of them.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Prepare the guest of machine ${name} for another disk bus`,
  },
  assessment: ({ bus }) =>
    `Its disks hang on ${bus}, which the target does not have. Make sure that the guest has drivers for virtio.`,
});
