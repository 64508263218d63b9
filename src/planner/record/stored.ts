import { z } from 'zod';
import { PlanError } from '../planner-error.js';

/** Reads JSON that the planner itself has stored; a form of an older version is completed. */
export const storedJson = <Schema extends z.ZodType>(schema: Schema) =>
  z.string().transform((text): z.output<Schema> => {
    const result = schema.safeParse(JSON.parse(text));
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    throw new PlanError({
      code: 'plan.not-readable',
      what: 'The plan cannot be read',
      subject: issue?.path.join('.') ?? 'its content',
      why: `it was stored in another form: ${issue?.message ?? ''}`,
      remedy: 'Make a new plan from the same search.',
    });
  });
