import { z } from 'zod';

/** The conditions of an object, as far as they are read. */
export const conditionsSchema = z.array(
  z.object({
    type: z.string(),
    status: z.string(),
    reason: z.string().optional(),
    message: z.string().optional(),
  }),
);
type Conditions = z.output<typeof conditionsSchema>;

/** What conditions that do not hold say, in one sentence; empty where they say nothing. */
export const complaintOf = (conditions: Conditions): string =>
  conditions
    .filter(({ status, message }) => status === 'False' && (message ?? '') !== '')
    .map(({ type, reason, message }) => `${reason ?? type}: ${message ?? ''}`)
    .join('; ');
