import type { PlanOptions } from '../record/options.js';
import type { MachineFacts } from '../source/machine-facts.js';
import type { GuestFacts, MachineChoices } from './choices.js';

type ConversionChoices = Pick<
  MachineChoices,
  'conversion' | 'compatibilityMode' | 'copy' | 'staticAddresses'
>;

function conversionOf(
  guest: GuestFacts,
  options: PlanOptions,
): { readonly value: boolean; readonly reasons: string[] } {
  if (options.conversion === 'skip') {
    return { value: false, reasons: ['the plan skips guest conversion'] };
  }
  if (guest.family === 'other') {
    return { value: false, reasons: [`virt-v2v does not convert ${guest.system}`] };
  }
  return {
    value: true,
    reasons: ['the guest needs virtio drivers, and VMware tools are taken out'],
  };
}

function copyOf(
  machine: MachineFacts,
  converts: boolean,
  options: PlanOptions,
): { readonly value: 'vddk' | 'virt-v2v'; readonly reasons: string[] } {
  if (options.copy !== 'auto') return { value: options.copy, reasons: ['the plan says so'] };
  const sharesDisks = machine.disks.some(({ shared }) => shared === true);
  if (!converts) return { value: 'vddk', reasons: ['without conversion, CDI copies by VDDK'] };
  if (sharesDisks) {
    return { value: 'vddk', reasons: ['shared disks are copied one by one, not with the guest'] };
  }
  return { value: 'virt-v2v', reasons: ['virt-v2v copies the disks while it converts the guest'] };
}

function staticAddressesOf({ addresses }: MachineFacts): { mac: string; address: string }[] {
  return addresses.flatMap(({ mac, ipAddress, prefixLength, origin }) =>
    typeof mac === 'string' && typeof ipAddress === 'string' && origin === 'manual'
      ? [{ mac: mac.toLowerCase(), address: `${ipAddress}/${prefixLength ?? ''}` }]
      : [],
  );
}

/** Whether the guest is converted, who copies its disks, and what devices it will find. */
export function chooseConversion(
  machine: MachineFacts,
  guest: GuestFacts,
  options: PlanOptions,
): ConversionChoices {
  const conversion = conversionOf(guest, options);
  const compatible = !conversion.value && options.compatibilityMode;
  return {
    conversion,
    compatibilityMode: {
      value: compatible,
      reasons: compatible ? ['a guest that is not converted may lack virtio drivers'] : [],
    },
    copy: copyOf(machine, conversion.value, options),
    staticAddresses:
      conversion.value && options.preserveStaticAddresses ? staticAddressesOf(machine) : [],
  };
}
