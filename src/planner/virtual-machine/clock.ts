import type { MachineFacts } from '../source/machine-facts.js';
import type { Blueprint } from './blueprint.js';
import type { JsonObject } from './manifest.js';

const knownZones = new Set(Intl.supportedValuesOf('timeZone'));

/** The zone of the host that the machine ran on, where it is one that the target knows too. */
export function timezoneOf({ host }: MachineFacts): string | undefined {
  const zone = host?.timezone ?? undefined;
  return zone !== undefined && knownZones.has(zone) ? zone : undefined;
}

export function clockOf({ machine, choices }: Blueprint): JsonObject {
  const timezone = timezoneOf(machine);
  return {
    ...(timezone === undefined ? { utc: {} } : { timezone }),
    timer: {
      hpet: { present: false },
      pit: { tickPolicy: 'delay' },
      rtc: { tickPolicy: 'catchup' },
      ...(choices.guest.family === 'windows' ? { hyperv: {} } : {}),
    },
  };
}
