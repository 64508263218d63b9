import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const diskCapacityInvalid = defineRule({
  id: 'openstack.disk.capacity.invalid',
  category: 'Critical',
  label: 'A disk has no valid size',
  version: 1,
  fires: 'The size of a disk is zero or less. One occurrence for each disk.',
  effect: 'No volume can be made for it on the target, so that the migration fails.',
  remedy: 'Detach the volume, or give it a size, then read the source again.',
  deviation:
    'The label has no name and no size in it, the facts have, so that machines group by the concern. An unknown size does not fire.',
  find: (vm) =>
    vm.disks
      .filter(({ capacityBytes }) => capacityBytes !== null && capacityBytes <= 0)
      .map((disk) => ({ disk: disk.name, capacityBytes: disk.capacityBytes })),
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Each volume is mended by itself, at the machine that it is attached to.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Give the disks of machine ${name} a size`,
  },
  assessment: ({ disk, capacityBytes }) =>
    `Disk ${disk} has a size of ${String(capacityBytes)} bytes. Detach it or give it a size.`,
});
