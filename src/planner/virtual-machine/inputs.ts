import type { Blueprint } from './blueprint.js';
import type { JsonObject } from './manifest.js';

/** A tablet keeps the pointers of guest and console together; guests without drivers know USB. */
export const inputsOf = ({ choices }: Blueprint): readonly JsonObject[] => [
  { name: 'tablet', type: 'tablet', bus: choices.compatibilityMode.value ? 'usb' : 'virtio' },
];
