import { z } from 'zod';
import type { CommandContext } from '../command-context.js';

const model = z.object({
  kinds: z.array(
    z.object({
      name: z.string(),
      searchNames: z.array(z.string()),
      description: z.string(),
      properties: z.array(
        z.object({
          name: z.string(),
          type: z.string(),
          unit: z.string().nullable(),
          description: z.string(),
          values: z.array(z.string()).nullable(),
        }),
      ),
      relationships: z.array(
        z.object({
          name: z.string(),
          targets: z.array(z.string()),
          many: z.boolean(),
          description: z.string(),
        }),
      ),
    }),
  ),
});

const modelQuery = `query model($kinds: [String!]) {
  model(kinds: $kinds) {
    kinds {
      name searchNames description
      properties { name type unit description values }
      relationships { name targets many description }
    }
  }
}`;

interface FieldRow {
  readonly field: string;
  readonly type: string;
  readonly meaning: string;
  readonly values: readonly string[];
}

/** What a search may begin with, or the fields of one kind. */
export const showFields = async (
  context: CommandContext,
  kind: string | undefined,
): Promise<void> => {
  const found = await context.api.query(
    modelQuery,
    { kinds: kind === undefined ? null : [kind] },
    z.object({ model }),
  );
  if (kind === undefined) {
    context.rows(found.model.kinds, [
      { title: 'kind', cell: ({ searchNames }) => searchNames[0] },
      { title: 'or', cell: ({ searchNames }) => searchNames.slice(1) },
      { title: 'meaning', cell: ({ description }) => description },
    ]);
    return;
  }
  const rows = found.model.kinds.flatMap(({ properties, relationships }): FieldRow[] => [
    ...properties.map(({ name, type, unit, description, values }) => ({
      field: name,
      type: unit === null ? type : `${type} in ${unit}`,
      meaning: description,
      values: values ?? [],
    })),
    ...relationships.map(({ name, targets, many, description }) => ({
      field: name,
      type: `${many ? 'many' : 'one'} ${targets.join(' or ')}`,
      meaning: description,
      values: [],
    })),
  ]);
  context.rows(rows, [
    { title: 'field', cell: ({ field }) => field },
    { title: 'type', cell: ({ type }) => type },
    { title: 'meaning', cell: ({ meaning }) => meaning },
    { title: 'values', cell: ({ values }) => values },
  ]);
};
