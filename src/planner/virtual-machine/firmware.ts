import type { MachineFacts } from '../source/machine-facts.js';
import type { JsonObject } from './manifest.js';

const uuidForm = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/u;

/** Firmware settings keep the identity by which guests and licences know their machine. */
export function firmwareOf({ firmware, secureBoot, uuid }: MachineFacts): JsonObject {
  const identity = uuid?.toLowerCase();
  const bootloader: JsonObject =
    firmware === 'efi' ? { efi: { secureBoot: secureBoot === true } } : { bios: {} };
  return {
    bootloader,
    ...(identity !== undefined && uuidForm.test(identity)
      ? { uuid: identity, serial: identity }
      : {}),
  };
}

/** Secure boot needs system management mode; KubeVirt refuses it without. */
export const needsSystemManagementMode = ({ firmware, secureBoot }: MachineFacts): boolean =>
  firmware === 'efi' && secureBoot === true;
