import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const hostnameEmpty = defineRule({
  id: 'vmware.hostname.empty',
  category: 'Warning',
  label: 'The guest reports no host name',
  version: 1,
  fires: 'The guest agent reports no host name, or an empty one.',
  effect:
    'The target machine gets no host name from the source, and checks that compare names before and after the migration have nothing to compare.',
  remedy:
    'Set a host name in the guest; start VMware Tools, and start the machine once if it has never run with them. Then sync.',
  find: ({ hostName, toolsRunningStatus, powerState }) =>
    hostName === null || hostName === '' ? [{ toolsRunningStatus, powerState }] : [],
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Host name and guest agent are set in each guest.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Have the guest of ${name} report a host name`,
  },
  assessment: ({ toolsRunningStatus, powerState }) =>
    `No host name is known (machine ${powerState ?? 'in unknown state'}, guest agent ${toolsRunningStatus ?? 'unknown'}). Set one in the guest and let the guest agent report it.`,
});
