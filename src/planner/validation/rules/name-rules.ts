import { volumeName } from '../../names/object-names.js';
import { isValidName } from '../../names/target-name.js';
import { migratedDisks } from '../../virtual-machine/disks.js';
import { machineRule, when, type Rule } from '../context.js';

export const nameChanged = machineRule({
  id: 'machine.name.changed',
  severity: 'warning',
  waivable: true,
  forklift: 'TargetNameNotValid',
  meaning: 'The target machine gets another name than the source machine.',
  remedy: 'Set a name of your choice, or leave the one that was made.',
  find: ({ name, choices }) =>
    when(choices.targetName !== name, () => ({
      what: `"${name}" will be named ${choices.targetName}`,
      why: choices.nameReasons.join('; ') || 'somebody chose the name',
    })),
});

export const nameNotValid = machineRule({
  id: 'machine.name.not-valid',
  severity: 'blocker',
  waivable: false,
  forklift: 'NotValid',
  meaning: 'The target name is not one that Kubernetes allows.',
  remedy: 'Choose a name of at most 63 lower-case letters, digits, dashes and dots.',
  find: ({ choices }) =>
    when(!isValidName(choices.targetName), () => ({
      what: `"${choices.targetName}" cannot be the name of a machine`,
      why: 'it is not a DNS-1123 subdomain of at most 63 characters',
    })),
});

export const nameTaken = machineRule({
  id: 'machine.name.taken',
  severity: 'blocker',
  waivable: false,
  forklift: 'VMAlreadyExists',
  meaning: 'The target name is taken in the namespace, by a machine there or by another open plan.',
  remedy: 'Choose another name for the target machine.',
  find: ({ choices }, { takenNames, plan }) => {
    const holder = takenNames.get(choices.targetName);
    return when(holder !== undefined, () => ({
      what: `The name ${choices.targetName} is taken in ${plan.namespace}`,
      why: holder === 'target' ? 'a machine there has it' : `${holder ?? ''} will use it`,
    }));
  },
});

export const nameTwice = machineRule({
  id: 'machine.name.twice-in-plan',
  severity: 'blocker',
  waivable: false,
  forklift: 'DuplicateVM',
  meaning: 'Two machines of the plan would get the same name.',
  remedy: 'Choose another name for one of them.',
  find: (machine, { machines }) => {
    const other = machines.find(
      ({ entity, choices }) =>
        entity !== machine.entity && choices.targetName === machine.choices.targetName,
    );
    return when(other !== undefined, () => ({
      what: `The name ${machine.choices.targetName} is used twice in the plan`,
      why: `${other?.name ?? ''} has it too`,
    }));
  },
});

export const volumeTaken = machineRule({
  id: 'machine.volume.taken',
  severity: 'blocker',
  waivable: false,
  meaning: 'The namespace has a claim or volume of a name that the plan would give to a disk.',
  remedy: 'Remove what is left over there, or choose another name for the target machine.',
  find: (machine, { blueprintOf, takenVolumes }) =>
    migratedDisks(blueprintOf(machine)).flatMap((disk, index) => {
      const name = volumeName(machine.choices.targetName, index);
      const holder = takenVolumes.get(name);
      return when(holder !== undefined, () => ({
        what: `The name ${name} for ${disk.name} is taken`,
        why: holder ?? '',
      }));
    }),
});

export const nameRules: readonly Rule[] = [
  nameChanged,
  nameNotValid,
  nameTaken,
  nameTwice,
  volumeTaken,
];
