import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';
import { valueOf } from '../../workload/property-pairs.js';

export const hostDevicesMapped = defineRule({
  id: 'openstack.host_devices.mapped',
  category: 'Warning',
  label: 'A device of the host is passed through to the machine',
  version: 1,
  fires: 'The flavor has the extra specification pci_passthrough:alias.',
  effect: 'The device is not there on the target: what needs it does not work.',
  remedy: 'Give nodes of the target such devices and offer them to machines, or do without.',
  find: ({ flavorExtraSpecs }) => {
    const alias = valueOf(flavorExtraSpecs, 'pci_passthrough:alias');
    return alias === undefined ? [] : [{ alias }];
  },
  cause: {
    kinds: ['VirtualMachine'],
    reason:
      'Nova keeps a copy of its flavor with each machine, so that a change of the flavor mends none of them: each is resized by itself.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Provide or replace the host devices of machine ${name}`,
  },
  assessment: ({ alias }) =>
    `Its flavor passes through ${alias} of the host, which the target machine will not have. Provide such devices there, or do without.`,
});
