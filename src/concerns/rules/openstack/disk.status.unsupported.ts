import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

const readable: ReadonlySet<string> = new Set(['available', 'in-use']);

export const diskStatusUnsupported = defineRule({
  id: 'openstack.disk.status.unsupported',
  category: 'Critical',
  label: 'A volume is in a state in which it cannot be copied',
  version: 1,
  fires: 'A volume of the machine is neither available nor in use. One occurrence for each volume.',
  effect: 'Its bytes cannot be read, so that the migration fails.',
  remedy:
    'Wait for what is going on with the volume, or let an administrator mend it and reset its state.',
  deviation:
    'One occurrence for each volume instead of one for the machine. Only the words themselves are right, not every word that has one of them in it.',
  find: (vm) =>
    vm.disks
      .filter(({ status }) => status !== null && !readable.has(status))
      .map((disk) => ({ disk: disk.name, status: disk.status })),
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'Each volume is mended by itself, at the machine that it is attached to.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Mend the volumes of machine ${name}`,
  },
  assessment: ({ disk, status }) =>
    `Volume ${disk} is in the state ${String(status)} and cannot be copied. Mend it first.`,
});
