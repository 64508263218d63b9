import type { MachineFacts } from '../source/machine-facts.js';
import type { PreferenceFacts } from '../target/target-facts.js';
import type { MachineChoices } from './choices.js';
import { guestOf } from './guest.js';

interface Pattern {
  readonly pattern: RegExp;
  /** Names of preferences, the most fitting first. `$1` is the version found. */
  readonly names: readonly string[];
}

/** Guest systems as sources write them, and the names of the common preferences for them. */
const patterns: readonly Pattern[] = [
  { pattern: /windows server 2025|windows2025|windows2022srvNext/iu, names: ['windows.2k25'] },
  { pattern: /windows server 2022|windows2022|windows2019srvNext/iu, names: ['windows.2k22'] },
  { pattern: /windows server 2019|windows2019/iu, names: ['windows.2k19'] },
  { pattern: /windows server 2016|windows9Server/iu, names: ['windows.2k16'] },
  { pattern: /windows server 2012|windows8Server/iu, names: ['windows.2k12'] },
  { pattern: /windows 11|windows11/iu, names: ['windows.11'] },
  { pattern: /windows 10|windows9_/iu, names: ['windows.10'] },
  { pattern: /(?:red hat enterprise linux|rhel)\D{0,3}(\d+)/iu, names: ['rhel.$1'] },
  { pattern: /centos stream\D{0,3}(\d+)/iu, names: ['centos.stream$1'] },
  { pattern: /centos\D{0,10}(\d+)/iu, names: ['centos.$1', 'centos.stream$1'] },
  { pattern: /ubuntu/iu, names: ['ubuntu'] },
  { pattern: /fedora/iu, names: ['fedora'] },
  { pattern: /suse linux enterprise|sles/iu, names: ['sles'] },
  { pattern: /opensuse/iu, names: ['opensuse.leap', 'opensuse.tumbleweed'] },
  { pattern: /debian/iu, names: ['debian'] },
  { pattern: /oracle ?linux\D{0,3}(\d+)/iu, names: ['oraclelinux.$1', 'rhel.$1'] },
  { pattern: /(?:rocky|alma) ?linux\D{0,3}(\d+)/iu, names: ['rhel.$1'] },
];

const matcherOf = ({ clusterWide, name }: PreferenceFacts) => ({
  kind: clusterWide === true ? 'VirtualMachineClusterPreference' : 'VirtualMachinePreference',
  name,
});

function wantedNames(word: string): readonly string[] {
  for (const { pattern, names } of patterns) {
    const match = pattern.exec(word);
    if (match !== null) return names.map((name) => name.replace('$1', match[1] ?? ''));
  }
  return [];
}

/** The preference of the target for the guest system; the guest agent's word goes first. */
export function choosePreference(
  machine: MachineFacts,
  preferences: readonly PreferenceFacts[],
  wanted: boolean,
): MachineChoices['preference'] {
  if (!wanted) return { value: null, reasons: ['the plan uses no preferences'] };
  const words = [machine.guestNameFromTools, machine.guestName, machine.guestId];
  for (const word of words) {
    for (const name of wantedNames(word ?? '')) {
      const found = preferences.find((one) => one.name === name || one.osType === name);
      if (found !== undefined) {
        return { value: matcherOf(found), reasons: [`the guest is ${word ?? ''}`] };
      }
    }
  }
  const { system } = guestOf(machine);
  return { value: null, reasons: [`the target has no preference for ${system}`] };
}
