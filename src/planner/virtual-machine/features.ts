import type { Blueprint } from './blueprint.js';
import { needsSystemManagementMode } from './firmware.js';
import type { JsonObject } from './manifest.js';

/** What makes Windows aware that it runs on a hypervisor, as KubeVirt's own preferences set it. */
const hyperv: JsonObject = {
  relaxed: {},
  vapic: {},
  spinlocks: { spinlocks: 8191 },
  vpindex: {},
  synic: {},
  synictimer: {},
};

export function featuresOf({ machine, choices }: Blueprint): JsonObject {
  const isWindows = choices.guest.family === 'windows';
  return {
    acpi: {},
    ...(needsSystemManagementMode(machine) ? { smm: { enabled: true } } : {}),
    ...(isWindows && choices.preference.value === null ? { hyperv } : {}),
  };
}
