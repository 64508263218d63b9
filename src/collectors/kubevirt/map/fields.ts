import { z } from 'zod';
import { listField } from '../../list-field.js';

/** Values that an older or newer API may leave out, or give in another form: then they are unknown. */
export const textField = z.string().optional().catch(undefined);
export const numberField = z.number().optional().catch(undefined);
export const flagField = z.boolean().optional().catch(undefined);
export const textMapField = z
  .record(z.string(), z.string())
  .nullish()
  .transform((map) => map ?? {})
  .catch({});

export const textListField = listField(z.string());

export const metadataField = z.object({
  name: z.string(),
  namespace: textField,
  creationTimestamp: textField,
  labels: textMapField,
  annotations: textMapField,
});

/** `key=value` for each entry, in the order of the keys. */
export const pairs = (map: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(map)
    .map(([key, value]) => `${key}=${String(value)}`)
    .sort((one, other) => (one < other ? -1 : 1));

/** A time of the API as a moment of the model; undefined where it is none. */
export function moment(time: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
