import { z } from 'zod';

/** A list whose unreadable items are left out, and which is empty where there is none. */
export const listField = <Item extends z.ZodType>(item: Item) =>
  z
    .array(z.unknown())
    .nullish()
    .transform((list) =>
      (list ?? []).flatMap((value): z.output<Item>[] => {
        const result = item.safeParse(value);
        return result.success ? [result.data] : [];
      }),
    )
    .catch([]);
