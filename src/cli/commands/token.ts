import { z } from 'zod';
import type { RegisterCommand } from '../command.js';
import { errorFields } from '../connection/api-client.js';
import { age } from '../output/quantity.js';

const token = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});

const fields = 'id name role createdAt expiresAt revokedAt';

/** opal token … */
export const registerToken: RegisterCommand = (program, context) => {
  const group = program.command('token').description('tokens that let people and programs in');
  group
    .command('create <name>')
    .description('make a token; it is shown this once')
    .requiredOption('--role <role>', 'viewer, planner, operator or admin')
    .option('--expires <moment>', 'ISO 8601, for instance 2027-01-01T00:00:00Z')
    .action(async (name: string, { role, expires }: { role: string; expires?: string }) => {
      const made = await context().api.mutate(
        `mutation create($name: String!, $role: String!, $expiresAt: Moment) {
          createToken(name: $name, role: $role, expiresAt: $expiresAt) { ${errorFields} text token { ${fields} } }
        }`,
        { name, role, expiresAt: expires ?? null },
        z.object({ text: z.string(), token }),
      );
      context().object({ ...made.token, text: made.text }, [
        ['token', made.text],
        ['id', made.token.id],
        ['role', made.token.role],
      ]);
    });
  group
    .command('list')
    .description('all tokens')
    .action(async () => {
      const { tokens } = await context().api.query(
        `query tokens { tokens(first: 1000) { ${fields} } }`,
        {},
        z.object({ tokens: z.array(token) }),
      );
      context().rows(tokens, [
        { title: 'id', cell: ({ id }) => id },
        { title: 'holder', cell: ({ name }) => name },
        { title: 'role', cell: ({ role }) => role },
        {
          title: 'made',
          cell: ({ createdAt }) => age(createdAt),
          exact: ({ createdAt }) => createdAt,
        },
        { title: 'expires', cell: ({ expiresAt }) => expiresAt },
        { title: 'revoked', cell: ({ revokedAt }) => revokedAt },
      ]);
    });
  group
    .command('revoke <id>')
    .description('refuse a token from now on')
    .action(async (id: string) => {
      await context().api.mutate(
        `mutation revoke($id: ID!) { revokeToken(id: $id) { ${errorFields} token { id } } }`,
        { id },
        z.unknown(),
      );
      context().note(`${id} is revoked.`);
    });
};
