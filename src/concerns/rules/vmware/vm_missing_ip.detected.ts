import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const vmMissingIpDetected = defineRule({
  id: 'vmware.vm_missing_ip.detected',
  category: 'Warning',
  label: 'No address of the guest is known',
  version: 1,
  fires: 'The guest agent reports no address on any interface.',
  effect: 'Static addresses cannot be kept: the conversion does not know which to write.',
  remedy:
    'Start the machine with VMware Tools running and sync, so that its addresses are known; or choose in the plan not to keep addresses.',
  find: ({ guestAddressCount, toolsRunningStatus, powerState }) =>
    guestAddressCount === 0 ? [{ toolsRunningStatus, powerState }] : [],
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'The guest agent reports for each guest.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Have the guest of ${name} report its addresses`,
  },
  assessment: ({ toolsRunningStatus, powerState }) =>
    `No address is known (machine ${powerState ?? 'in unknown state'}, guest agent ${toolsRunningStatus ?? 'unknown'}), so static addresses cannot be kept. Start it with the guest agent running, and sync.`,
});
