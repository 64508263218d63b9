import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate, type Graph } from '../../../src/graph/index.js';
import {
  Access,
  ensureInitialToken,
  ForbiddenError,
  requireRole,
  roles,
  TokenError,
  UnauthenticatedError,
} from '../../../src/server/access/index.js';
import { openTestGraph } from '../../graph/open-test-graph.js';
import { wipeGraph } from '../../real/neo4j.js';

let graph: Graph;
beforeAll(async () => {
  ({ graph } = await openTestGraph());
  await migrate(graph);
});

describe('a token', () => {
  let time: Date;
  let access: Access;
  beforeEach(async () => {
    await wipeGraph();
    time = new Date('2030-01-01T00:00:00Z');
    access = new Access(graph, () => time);
  });

  const bearer = (text: string): string => `Bearer ${text}`;
  const token = { name: 'Zoë', role: 'planner', createdBy: 'root' } as const;

  it('lets its holder in under its name and role', async () => {
    const { text, facts } = await access.create(token);
    expect(await access.authenticate(bearer(text))).toEqual({
      name: 'Zoë',
      role: 'planner',
      tokenId: facts.id,
    });
  });

  it('stands nowhere in the graph in clear', async () => {
    const { text } = await access.create(token);
    const rows = await graph.readCompiled({
      text: 'MATCH (n) RETURN properties(n) AS properties',
      parameters: {},
    });
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(text);
    expect(JSON.stringify(rows)).not.toContain(text.slice('opal_'.length));
  });

  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['another scheme', 'Basic cm9vdDpyb290'],
    ['no token', 'Bearer '],
    ['something else', 'Bearer abc'],
    ['an unknown token', `Bearer opal_${'A'.repeat(43)}`],
  ])('is needed: %s is refused', async (_, header) => {
    await expect(access.authenticate(header)).rejects.toThrow(UnauthenticatedError);
  });

  it('is refused once it has expired, also when it was seen just before', async () => {
    const { text } = await access.create({ ...token, expiresAt: new Date('2030-01-02T00:00:00Z') });
    await access.authenticate(bearer(text));
    time = new Date('2030-01-02T00:00:00Z');
    await expect(access.authenticate(bearer(text))).rejects.toThrow(UnauthenticatedError);
  });

  it('is refused at once when it was revoked, and keeps the time of the first revocation', async () => {
    const { text, facts } = await access.create(token);
    await access.authenticate(bearer(text));
    const first = await access.revoke(facts.id);
    time = new Date('2030-02-01T00:00:00Z');
    const second = await access.revoke(facts.id);
    expect(second.revokedAt).toBe(first.revokedAt);
    await expect(access.authenticate(bearer(text))).rejects.toThrow(UnauthenticatedError);
  });

  it('costs a query only when it was not seen lately', async () => {
    const { text } = await access.create(token);
    await access.authenticate(bearer(text));
    const before = graph.sentQueries;
    await access.authenticate(bearer(text));
    expect(graph.sentQueries).toBe(before);
  });

  it('cannot be made without a name or for the past', async () => {
    await expect(access.create({ ...token, name: ' ' })).rejects.toThrow(TokenError);
    await expect(access.create({ ...token, name: 'x'.repeat(201) })).rejects.toThrow(TokenError);
    const past = new Date('2029-12-31T00:00:00Z');
    await expect(access.create({ ...token, expiresAt: past })).rejects.toThrow(TokenError);
    await expect(access.create({ ...token, expiresAt: new Date(Number.NaN) })).rejects.toThrow(
      TokenError,
    );
  });

  it('is listed in pages without its digest', async () => {
    for (const name of ['a', 'b', 'c']) await access.create({ ...token, name });
    const first = await access.list({ limit: 2 });
    const second = await access.list({ limit: 2, after: first[1]?.id ?? '' });
    expect([...first, ...second].map(({ name }) => name).sort()).toEqual(['a', 'b', 'c']);
    expect(Object.keys(first[0] ?? {})).not.toContain('hash');
  });

  it('cannot be revoked under an id that no token has', async () => {
    await expect(access.revoke('nobody')).rejects.toThrow(/no token has this id/u);
  });
});

describe('the roles', () => {
  it.each(roles.flatMap((held) => roles.map((needed) => ({ held, needed }))))(
    'let $held do what $needed may, or not',
    ({ held, needed }) => {
      const check = (): void => {
        requireRole({ name: 'x', role: held, tokenId: 't' }, needed);
      };
      const order = ['viewer', 'planner', 'operator', 'admin'];
      if (order.indexOf(held) >= order.indexOf(needed)) expect(check).not.toThrow();
      else expect(check).toThrow(ForbiddenError);
    },
  );
});

describe('the first token', () => {
  let folder: string;
  let access: Access;
  beforeEach(async () => {
    await wipeGraph();
    folder = mkdtempSync(join(tmpdir(), 'opal-token-'));
    access = new Access(graph);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is made once, for its owner alone, and lets an administrator in', async () => {
    const first = await ensureInitialToken(access, folder);
    const second = await ensureInitialToken(access, folder);
    expect(second).toEqual(first);
    expect(statSync(first?.file ?? '').mode & 0o777).toBe(0o600);
    const principal = await access.authenticate(`Bearer ${first?.text ?? ''}`);
    expect(principal.role).toBe('admin');
    expect(await access.list({ limit: 10 })).toHaveLength(1);
  });

  it('is not made again after its file was deleted while an administrator has a token', async () => {
    await ensureInitialToken(access, folder);
    rmSync(join(folder, 'admin-token'));
    expect(await ensureInitialToken(access, folder)).toBeUndefined();
    expect(existsSync(join(folder, 'admin-token'))).toBe(false);
  });

  it('stays revoked when the server starts again', async () => {
    const first = await ensureInitialToken(access, folder);
    const [facts] = await access.list({ limit: 1 });
    await access.revoke(facts?.id ?? '');
    await ensureInitialToken(access, folder);
    await expect(access.authenticate(`Bearer ${first?.text ?? ''}`)).rejects.toThrow(
      UnauthenticatedError,
    );
  });

  it('is refused when the file holds something else', async () => {
    writeFileSync(join(folder, 'admin-token'), 'hello\n');
    await expect(ensureInitialToken(access, folder)).rejects.toThrow(/does not hold a token/u);
  });
});
