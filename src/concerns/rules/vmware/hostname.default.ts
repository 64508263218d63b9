import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

export const hostnameDefault = defineRule({
  id: 'vmware.hostname.default',
  category: 'Warning',
  label: 'The guest has the default host name',
  version: 1,
  fires: 'The guest agent reports the host name localhost.localdomain.',
  effect:
    'The guest may take another name from DHCP on the target network, and machines cannot be told apart by it.',
  remedy: 'Set a host name in the guest before the migration.',
  find: ({ hostName }) => (hostName === 'localhost.localdomain' ? [{ hostName }] : []),
  cause: {
    kinds: ['VirtualMachine'],
    reason:
      'A clone does not say which template it came from, and mending the template would not rename its clones: the name is set in each guest.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Set a host name in the guest of ${name}`,
  },
  assessment: ({ hostName }) =>
    `The guest is named ${hostName}, the default. Set a host name of its own before the migration.`,
});
