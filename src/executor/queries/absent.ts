import type { z } from 'zod';

/** A column that the graph may leave null: undefined here, as everywhere in the code. */
export const absent = <T extends z.ZodType>(type: T) =>
  type.nullish().transform((value) => value ?? undefined);
