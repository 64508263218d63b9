import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const floatingIpsDetected = defineRule({
  id: 'openstack.network.floating_ips.detected',
  category: 'Warning',
  label: 'Floating addresses lead to the machine',
  version: 1,
  fires: 'An address of the machine is a floating one.',
  effect:
    'The address stays in the cloud and leads nowhere: clients no longer reach the machine by it.',
  remedy:
    'Offer the machine on the target by a service, and move the address or the DNS name to it.',
  find: ({ floatingIpAddresses }) =>
    floatingIpAddresses === null || floatingIpAddresses.length === 0
      ? []
      : [{ addresses: floatingIpAddresses }],
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Each floating address leads to one machine.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Replace the floating addresses of machine ${name}`,
  },
  assessment: ({ addresses }) =>
    `${addresses.join(', ')} leads to it and stays behind. Offer the machine on the target by a service.`,
});
