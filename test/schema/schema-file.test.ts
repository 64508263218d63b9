import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, lexicographicSortSchema, printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildApiSchema } from '../../src/schema/build-api-schema.js';
import { roles } from '../../src/server/access/index.js';

const committed = readFileSync(new URL('../../docs/schema.graphql', import.meta.url), 'utf8');
const schema = buildApiSchema();

describe('docs/schema.graphql', () => {
  it('lets clients of the committed schema go on', () => {
    const breaking = findBreakingChanges(buildSchema(committed), schema);
    expect(breaking.map(({ description }) => description)).toEqual([]);
  });

  // A change that breaks no client is taken over with `npx vitest run test/schema/schema-file -u`.
  it('is current', async () => {
    const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;
    await expect(printed).toMatchFileSnapshot('../../docs/schema.graphql');
  });
});

describe('the root fields', () => {
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    .flatMap((type) => Object.values(type?.getFields() ?? {}))
    .map((field) => [field.name, field.extensions.role] as const);

  it.each(fields)('%s says which role it needs', (_name, role) => {
    expect(roles).toContain(role);
  });
});
