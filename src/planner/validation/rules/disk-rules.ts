import { migratedDisks } from '../../virtual-machine/disks.js';
import { machineRule, when, type Rule } from '../context.js';

export const diskSizeNotValid = machineRule({
  id: 'machine.disk.size-not-valid',
  severity: 'blocker',
  waivable: false,
  forklift: 'InvalidDiskSizes',
  meaning: 'The size of a disk is zero, negative or unknown.',
  remedy: 'Correct the disk in the source, then collect it again.',
  find: ({ facts }) =>
    facts.disks
      .filter(({ capacityBytes }) => (capacityBytes ?? 0) <= 0)
      .map(({ name, capacityBytes }) => ({
        what: `${name} has no valid size`,
        why: `the source gives ${capacityBytes ?? 'none'}`,
      })),
});

export const sharedDiskInUse = machineRule({
  id: 'machine.disk.shared-in-use',
  severity: 'blocker',
  waivable: true,
  forklift: 'SharedDisks',
  meaning: 'A disk is shared with a machine that runs and is not in the plan.',
  remedy: 'Put all machines that share the disk into one plan, or shut the others down.',
  find: (machine, { sharedFiles, plan }) =>
    (plan.options.migrateSharedDisks ? (sharedFiles.get(machine.entity) ?? []) : []).flatMap(
      ({ file, peers }) => {
        const running = peers.filter((one) => !one.inPlan && one.powerState === 'poweredOn');
        return when(running.length > 0, () => ({
          what: `The shared disk ${file} is in use`,
          why: `${running.map(({ name }) => name).join(', ')} would go on writing to it`,
        }));
      },
    ),
});

export const sharedDisk = machineRule({
  id: 'machine.disk.shared',
  severity: 'warning',
  waivable: true,
  forklift: 'SharedWarnDisks',
  meaning:
    'A disk is shared between machines; each gets a copy of its own, or the disk is left out.',
  remedy: 'Attach one shared volume to all of them in the target after the migration.',
  find: (machine, { plan }) =>
    machine.facts.disks
      .filter(({ shared }) => shared === true)
      .map(({ name, file }) => ({
        what: `${name} is shared`,
        why: plan.options.migrateSharedDisks
          ? `every machine that uses ${file ?? 'it'} gets a copy of its own`
          : 'the plan leaves shared disks out',
      })),
});

export const rawDeviceMapping = machineRule({
  id: 'machine.disk.raw-device-mapping',
  severity: 'warning',
  waivable: true,
  forklift: 'RDMDiskWarning',
  meaning: 'A disk is a raw device mapping, which VDDK reads in virtual mode alone.',
  remedy: 'Convert it to a virtual disk, or connect the LUN to the target by other means.',
  find: (machine, { blueprintOf }) =>
    migratedDisks(blueprintOf(machine))
      .filter(({ rdm }) => rdm === true)
      .map(({ name }) => ({
        what: `${name} is a raw device mapping`,
        why: 'the data lies on a LUN outside of the datastore',
      })),
});

export const independentDisk = machineRule({
  id: 'machine.disk.independent',
  severity: 'warning',
  waivable: true,
  forklift: 'IndependentDiskWarning',
  meaning: 'A disk is independent of snapshots, and VDDK cannot read it while the machine runs.',
  remedy: 'Make the disk dependent, or make sure that the machine is off.',
  find: (machine, { blueprintOf }) =>
    migratedDisks(blueprintOf(machine))
      .filter(({ mode }) => mode?.startsWith('independent') === true)
      .map(({ name, mode }) => ({
        what: `${name} is independent`,
        why: `its mode is ${mode ?? ''}`,
      })),
});

export const noBootDisk = machineRule({
  id: 'machine.disk.none',
  severity: 'warning',
  waivable: true,
  meaning: 'The machine has no disk that is migrated.',
  remedy: 'Check in the source whether it is meant to start from the network.',
  find: (machine, { blueprintOf }) =>
    when(migratedDisks(blueprintOf(machine)).length === 0, () => ({
      what: `${machine.name} has no disk`,
      why: 'there is nothing to copy and nothing to boot from',
    })),
});

export const diskRules: readonly Rule[] = [
  diskSizeNotValid,
  sharedDiskInUse,
  sharedDisk,
  rawDeviceMapping,
  independentDisk,
  noBootDisk,
];
