import { z } from 'zod';
import { OpenstackPlaceError } from './errors.js';

const place = z.object({ since: z.iso.datetime() });

/** A place in the changes of a cloud: a moment of its clock. */
export type Place = z.output<typeof place>;

export const formatPlace = (reached: Place): string => JSON.stringify(reached);

/** @throws OpenstackPlaceError where the text is no such place; a new full read mends it. */
export function parsePlace(text: string): Place {
  try {
    return place.parse(JSON.parse(text));
  } catch {
    throw new OpenstackPlaceError('it is not a place of this collector');
  }
}
