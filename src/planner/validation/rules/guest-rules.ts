import { connectedNics } from '../../virtual-machine/nics.js';
import { machineRule, when, type Rule } from '../context.js';

export const hardwareUnknown = machineRule({
  id: 'machine.hardware.unknown',
  severity: 'blocker',
  waivable: false,
  meaning: 'The number of CPUs or the memory of the source is not known.',
  remedy: 'Check the rights of the account that collects the source, then collect it again.',
  find: ({ facts }) =>
    when((facts.cpuCount ?? 0) <= 0 || (facts.memoryMB ?? 0) <= 0, () => ({
      what: 'CPUs or memory are not known',
      why: `the source gives ${facts.cpuCount ?? 'no'} CPUs and ${facts.memoryMB ?? 'no'} MiB`,
    })),
});

export const matcherMissing = machineRule({
  id: 'machine.instance-type.missing',
  severity: 'blocker',
  waivable: false,
  meaning:
    'The chosen instance type or preference is not in the target; KubeVirt admits the machine and cannot start it.',
  remedy: 'Choose one of the target, or none.',
  find: ({ choices }, { target }) =>
    [
      { chosen: choices.instanceType.value, known: target.instanceTypes, word: 'Instance type' },
      { chosen: choices.preference.value, known: target.preferences, word: 'Preference' },
    ].flatMap(({ chosen, known, word }) => {
      const isClusterWide = chosen?.kind.includes('Cluster') === true;
      const found = known.some(
        ({ name, clusterWide }) =>
          name === chosen?.name && (clusterWide === true) === isClusterWide,
      );
      return when(chosen !== null && !found, () => ({
        what: `${word} ${chosen?.name ?? ''} is not there`,
        why: `the target has no ${chosen?.kind ?? ''} of this name for the namespace`,
      }));
    }),
});

export const macConflict = machineRule({
  id: 'machine.mac.taken',
  severity: 'blocker',
  waivable: true,
  forklift: 'MacConflicts',
  meaning: 'A machine of the target has a MAC address that the plan would give to an adapter.',
  remedy: 'Remove or change the adapter of the other machine.',
  find: (machine, { blueprintOf, takenMacs }) =>
    connectedNics(blueprintOf(machine)).flatMap(({ nic }) => {
      const holders = takenMacs.get(nic.mac?.toLowerCase() ?? '') ?? [];
      return when(holders.length > 0, () => ({
        what: `The MAC address ${nic.mac ?? ''} is taken`,
        why: `${holders.join(', ')} of the target has it`,
      }));
    }),
});

export const macTwice = machineRule({
  id: 'machine.mac.twice-in-plan',
  severity: 'blocker',
  waivable: true,
  forklift: 'MacConflicts',
  meaning: 'Two adapters of the plan have the same MAC address.',
  remedy: 'Give one of them another address in the source.',
  find: (machine, { machines }) => {
    const own = machine.facts.nics.map(({ mac }) => mac?.toLowerCase() ?? '');
    return machines
      .filter(({ entity }) => entity !== machine.entity)
      .flatMap(({ name, facts }) =>
        facts.nics
          .filter(({ mac }) => typeof mac === 'string' && own.includes(mac.toLowerCase()))
          .map(({ mac }) => ({
            what: `The MAC address ${mac ?? ''} is in the plan twice`,
            why: `${name} has it too`,
          })),
      );
  },
});

export const guestAddressesMissing = machineRule({
  id: 'machine.guest.addresses-missing',
  severity: 'warning',
  waivable: true,
  forklift: 'VMMissingGuestIPs',
  meaning: 'Static addresses are to be kept, and the guest agent reported none.',
  remedy: 'Start the machine with its guest agent and collect the source again.',
  find: ({ facts, choices }, { plan }) =>
    when(
      plan.options.preserveStaticAddresses &&
        choices.conversion.value &&
        facts.nics.length > 0 &&
        facts.addresses.length === 0,
      () => ({
        what: 'Addresses of the guest are not known',
        why: 'the guest agent reported none, so that none can be kept',
      }),
    ),
});

export const guestNotConverted = machineRule({
  id: 'machine.guest.not-converted',
  severity: 'warning',
  waivable: true,
  meaning: 'The guest is not converted and has to bring drivers for its new devices.',
  remedy: 'Install virtio drivers first, or try the machine with devices that every system knows.',
  find: ({ choices }) =>
    when(!choices.conversion.value, () => ({
      what: `${choices.guest.system} is not converted`,
      why: choices.conversion.reasons.join('; '),
    })),
});

export const copyNeedsConversion = machineRule({
  id: 'machine.copy.needs-conversion',
  severity: 'blocker',
  waivable: false,
  meaning: 'virt-v2v is to copy the disks of a guest that it does not convert.',
  remedy: 'Let CDI copy the disks by VDDK, or convert the guest.',
  find: ({ name, choices }) =>
    when(choices.copy.value === 'virt-v2v' && !choices.conversion.value, () => ({
      what: `The disks of ${name} would stay empty`,
      why: 'virt-v2v copies only while it converts',
    })),
});

const passthroughClasses = new Set([
  'pciPassthrough',
  'vgpu',
  'sriov',
  'usb',
  'nvdimm',
  'sgx',
  'scsiPassthrough',
]);

export const deviceLeftOut = machineRule({
  id: 'machine.device.left-out',
  severity: 'warning',
  waivable: true,
  meaning: 'A device of the host is passed through to the machine and is left out in the target.',
  remedy: 'Add a device of the target to the machine after the migration.',
  find: ({ facts }) =>
    facts.devices
      .filter(({ deviceClass }) => passthroughClasses.has(deviceClass ?? ''))
      .map(({ name, deviceClass, vgpuProfile, summary }) => ({
        what: `${name} is left out`,
        why: `${deviceClass ?? 'it'} ${vgpuProfile ?? summary ?? ''} belongs to the source host`.replace(
          /\s+/gu,
          ' ',
        ),
      })),
});

export const tpmStateLost = machineRule({
  id: 'machine.tpm.state-lost',
  severity: 'warning',
  waivable: true,
  meaning: 'The machine has a virtual TPM, and the target gets a new one without its secrets.',
  remedy: 'Have recovery keys of disk encryption at hand, or suspend the encryption first.',
  find: ({ facts }) =>
    when(facts.tpmPresent === true, () => ({
      what: 'What the virtual TPM holds is not carried over',
      why: 'vSphere does not give it out',
    })),
});

export const encrypted = machineRule({
  id: 'machine.encrypted',
  severity: 'blocker',
  waivable: true,
  meaning: 'The files of the machine are encrypted by vSphere.',
  remedy: 'Decrypt the machine in vSphere before the migration.',
  find: ({ facts }) =>
    when(facts.encrypted === true, () => ({
      what: 'The machine is encrypted',
      why: 'its disks cannot be read without the keys of vSphere',
    })),
});

export const faultTolerance = machineRule({
  id: 'machine.fault-tolerance',
  severity: 'blocker',
  waivable: true,
  meaning: 'A secondary copy of the machine runs on another host.',
  remedy: 'Turn fault tolerance off before the migration.',
  find: ({ facts }) =>
    when(facts.faultToleranceEnabled === true, () => ({
      what: 'Fault tolerance is on',
      why: 'the disks of such a machine cannot be read beside it',
    })),
});

export const guestRules: readonly Rule[] = [
  hardwareUnknown,
  matcherMissing,
  macConflict,
  macTwice,
  guestAddressesMissing,
  guestNotConverted,
  copyNeedsConversion,
  deviceLeftOut,
  tpmStateLost,
  encrypted,
  faultTolerance,
];
