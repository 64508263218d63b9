import { z } from 'zod';
import type { Order } from '../../search/index.js';

/** Arguments that every connection takes, as GraphQL has checked them already. */
export const connectionArguments = z.object({
  first: z.number().nullish(),
  last: z.number().nullish(),
  after: z.string().nullish(),
  before: z.string().nullish(),
  where: z.unknown().optional(),
  search: z.string().nullish(),
  orderBy: z
    .array(
      z.object({
        field: z.string(),
        direction: z
          .enum(['ascending', 'descending'])
          .nullish()
          .transform((direction) => direction ?? 'ascending'),
      }),
    )
    .nullish(),
});
export type ConnectionArguments = z.output<typeof connectionArguments>;

export const ordersOf = ({ orderBy }: ConnectionArguments): readonly Order[] =>
  (orderBy ?? []).map(({ field, direction }) => ({ path: [field], direction }));
