import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

const sound: ReadonlySet<string> = new Set(['ACTIVE', 'SHUTOFF']);

export const vmStatusInvalid = defineRule({
  id: 'openstack.vm.status.invalid',
  category: 'Warning',
  label: 'The machine is in a state that may stand in the way',
  version: 1,
  fires: 'The status of the server is neither ACTIVE nor SHUTOFF.',
  effect: 'It may not be possible to stop it in order, so that the migration waits or fails.',
  remedy:
    'Bring the server to ACTIVE or SHUTOFF: resume, unshelve or unrescue it, or mend its error.',
  deviation: 'Only the words themselves are right, not every word that has one of them in it.',
  find: ({ sourcePowerState: status }) =>
    status === null || sound.has(status) ? [] : [{ status }],
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Each server is brought to another state by itself.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Bring machine ${name} to ACTIVE or SHUTOFF`,
  },
  assessment: ({ status }) =>
    `Its status is ${status}. Bring it to ACTIVE or SHUTOFF before it is migrated.`,
});
