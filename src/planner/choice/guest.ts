import type { MachineFacts } from '../source/machine-facts.js';
import type { GuestFacts } from './choices.js';

const families: readonly (readonly [RegExp, GuestFacts['family']])[] = [
  [/windows|^win/iu, 'windows'],
  [
    /linux|rhel|red hat|centos|fedora|debian|ubuntu|suse|sles|rocky|alma|oracle ?linux|photon|coreos|amazon/iu,
    'linux',
  ],
];

/** The guest agent knows better than the configuration, which is often left as it was once. */
export function guestOf(machine: MachineFacts): GuestFacts {
  const { guestNameFromTools, guestName, guestId, osFamily } = machine;
  const words = [guestNameFromTools, guestName, guestId].filter(
    (word) => typeof word === 'string' && word !== '',
  );
  const system = words[0] ?? 'unknown';
  for (const word of words) {
    const family = families.find(([pattern]) => pattern.test(word ?? ''))?.[1];
    if (family !== undefined) return { family, system };
  }
  if (osFamily === 'linux' || osFamily === 'windows') return { family: osFamily, system };
  return { family: 'other', system };
}
