import { z } from 'zod';
import { KubevirtPlaceError } from './errors.js';

const versions = z.record(z.string(), z.string());

/** A place in the changes of a target: the version reached for each resource. */
export const formatPlace = (place: Readonly<Record<string, string>>): string =>
  JSON.stringify(place);

/** @throws KubevirtPlaceError where the text is no such place; a new full read mends it. */
export function parsePlace(text: string): Record<string, string> {
  try {
    return versions.parse(JSON.parse(text));
  } catch {
    throw new KubevirtPlaceError('it is not a place of this collector');
  }
}
