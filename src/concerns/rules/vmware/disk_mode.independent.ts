import { machinePlace } from '../../rule/place.js';
import { defineRule } from '../../rule/rule.js';

const independentModes = new Set(['independent_persistent', 'independent_nonpersistent']);

export const diskModeIndependent = defineRule({
  id: 'vmware.disk_mode.independent',
  category: 'Warning',
  label: 'A disk is independent of snapshots',
  version: 1,
  fires:
    'The mode of a disk is independent_persistent or independent_nonpersistent. One occurrence for each disk.',
  effect:
    'Snapshots leave the disk out, so a copy that reads from a snapshot does not have it: the disk is not transferred.',
  remedy: 'Change the disk mode to dependent while the machine is off.',
  find: (vm) =>
    vm.disks
      .filter(({ mode }) => mode !== null && independentModes.has(mode))
      .map(({ name, file, mode }) => ({ disk: name, file, mode })),
  cause: {
    kinds: ['VirtualMachine'],
    reason: 'The modes of all disks are changed in one configuration of the machine.',
    at: (_facts, vm) => machinePlace(vm),
    label: ({ name }) => `Make the disks of machine ${name} dependent`,
  },
  assessment: ({ disk, mode }) =>
    `Disk ${disk} is in mode ${mode ?? ''} and is left out of snapshots, so it would not be transferred. Change it to dependent.`,
});
