import { z } from 'zod';
import type { CommandContext } from '../command-context.js';
import { counted } from '../output/quantity.js';
import { findPlan } from './plan-operations.js';

/** What has changed in the inventory since a plan was made. */
export const drift = async (context: CommandContext, idOrName: string): Promise<void> => {
  const plan = await findPlan(context.api, idOrName);
  const { planDrift } = await context.api.query(
    `query drift($plan: ID!) {
      planDrift(plan: $plan) {
        gone { name } changed { name changes { field was is } } newMatches noLongerMatching unchanged
      }
    }`,
    { plan: plan.id },
    z.object({
      planDrift: z.object({
        gone: z.array(z.object({ name: z.string() })),
        changed: z.array(
          z.object({
            name: z.string(),
            changes: z.array(z.object({ field: z.string(), was: z.unknown(), is: z.unknown() })),
          }),
        ),
        newMatches: z.array(z.string()),
        noLongerMatching: z.array(z.string()),
        unchanged: z.number(),
      }),
    }),
  );
  const rows = [
    ...planDrift.gone.map(({ name }) => ({ what: 'gone', on: name, change: '' })),
    ...planDrift.changed.flatMap(({ name, changes }) =>
      changes.map(({ field, was, is }) => ({
        what: 'changed',
        on: name,
        change: `${field}: ${JSON.stringify(was)} is ${JSON.stringify(is)} now`,
      })),
    ),
    ...planDrift.newMatches.map((id) => ({ what: 'new match', on: id, change: '' })),
    ...planDrift.noLongerMatching.map((id) => ({ what: 'no longer matches', on: id, change: '' })),
  ];
  context.rows(rows, [
    { title: 'what', cell: ({ what }) => what },
    { title: 'on', cell: ({ on }) => on },
    { title: 'change', cell: ({ change }) => change },
  ]);
  const { unchanged } = planDrift;
  context.note(
    `${counted(unchanged, 'machine')} ${unchanged === 1 ? 'is as it was' : 'are as they were'}.`,
  );
};
